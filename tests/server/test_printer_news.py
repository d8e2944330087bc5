"""What a hub believes of the printers of its stations: each one's own last word, for as long as it is repeated."""

from contextlib import closing
from pathlib import Path

import httpx
import msgspec

from mppdesk.domain.station import StationRole
from mppdesk.server import admission
from mppdesk.server.printer_news import BELIEVED_S, PrinterNews
from mppdesk.sync.printer_words import MOST_PRINTERS, FarPrinters, PrinterWord, PrinterWords, StationPrinters
from mppdesk.sync.protocol import PrintersPlace, pack, unpack
from tests.fakes.far_desk import joined
from tests.fakes.running_hub import RunningHub, StationOf, signer_of
from tests.server.test_admission import book_of
from tests.server.test_central import until
from tests.server.test_events import LIMIT_BYTES, listening
from tests.sync.test_printer_exchange import COUNTER, KIOSK, OUT, READY
from tests.sync.test_printer_exchange import station as enrolled

PATH = "/v1/sync/printers"
HOSTILE: tuple[bytes, ...] = (
    b"",
    b"{}",
    pack(PrinterWord("Kiosk", "paper_out", 0)),
    pack(PrinterWords((PrinterWord("x" * 61, "paper_out", 0),))),
    pack(PrinterWords((PrinterWord("", "paper_out", 0),))),
    pack(PrinterWords((PrinterWord("Kiosk", "x" * 33, 0),))),
    pack(PrinterWords((PrinterWord("Kiosk", "ready", -1),))),
    pack(PrinterWords((PrinterWord("Kiosk", "ready", 2**62),))),
    pack(PrinterWords((PrinterWord("Kiosk", "ready", 0, waiting=-1),))),
    pack(PrinterWords((PrinterWord("Kiosk", "ready", 0, unsure=10**6),))),
    pack(PrinterWords((PrinterWord("Kiosk", "ready", 0),) * (MOST_PRINTERS + 1))),
)


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def say(station: StationOf, words: PrinterWords) -> httpx.Response:
    return station.client.post(PATH, content=pack(words))


def heard(station: StationOf) -> FarPrinters:
    return unpack(station.client.get(PATH).content, FarPrinters)


def test_only_what_differs_is_news_and_who_falls_silent_is_forgotten() -> None:
    seconds, changes = Seconds(), []
    news = PrinterNews(enrolled, seconds, "run", lambda: changes.append(seconds.now))
    for words in (OUT, OUT, READY, READY):
        news.hear(KIOSK, words)
    assert news.others(COUNTER).stations == (StationPrinters(KIOSK, "Kiosk 1", READY.printers),)
    assert news.place() == PrintersPlace("run", 2)

    seconds.now += BELIEVED_S
    assert news.others(COUNTER).stations
    seconds.now += 1
    assert news.others(COUNTER) == FarPrinters(PrintersPlace("run", 3), ())
    assert len(changes) == 3


def test_nobody_is_told_of_its_own_printers_and_this_process_need_not_repeat_itself() -> None:
    seconds = Seconds()
    news = PrinterNews(enrolled, seconds, "run")
    news.hear_own(COUNTER, OUT)
    seconds.now += 10 * BELIEVED_S
    assert news.others(COUNTER).stations == ()
    assert [each.label for each in news.others(KIOSK).stations] == ["Loket 2"]


def test_nothing_is_told_of_a_computer_that_nobody_enrolled() -> None:
    news = PrinterNews(enrolled, Seconds(), "run")
    news.hear("3" * 32, OUT)
    assert news.others(KIOSK).stations == ()


def test_a_station_speaks_of_itself_and_everybody_comes_for_it_at_once(hub: RunningHub, station: StationOf) -> None:
    with closing(hub.enrol(2, "kiosk", "Kiosk 1")) as kiosk, listening(station) as told:
        assert say(kiosk, OUT).status_code == httpx.codes.OK
        event = next(each for each in told if not each.changed)
        assert (event.kind, event.size < LIMIT_BYTES) == ("delta", True)

        assert heard(station).stations == (StationPrinters(signer_of(2).device_id, "Kiosk 1", OUT.printers),)
        assert kiosk.client.get(PATH).status_code == httpx.codes.FORBIDDEN


def test_what_is_no_word_is_answered_with_a_sentence_and_a_revoked_station_is_not_believed(
    hub: RunningHub, station: StationOf
) -> None:
    with closing(hub.enrol(2, "kiosk", "Kiosk 1")) as kiosk:
        say(kiosk, OUT)
        for body in HOSTILE:
            answer = kiosk.client.post(PATH, content=body)
            assert (answer.status_code, "refused" in answer.json()) == (httpx.codes.BAD_REQUEST, True)
        assert [each.printers for each in heard(station).stations] == [OUT.printers]

        office = hub.office
        admission.revoke(office.home, book_of(office), office.actor, signer_of(2).device_id)
        assert say(kiosk, READY).status_code == httpx.codes.FORBIDDEN
        assert heard(station).stations == ()


def test_a_later_version_may_say_more() -> None:
    """Fields and states that this version does not know are passed by."""

    class Later(msgspec.Struct):
        name: str = "Kiosk"
        state: str = "on_fire"
        since_ms: int = 0
        heat: int = 9

    class LaterWords(msgspec.Struct):
        printers: tuple[Later, ...] = (Later(),)
        season: str = "dry"

    (word,) = unpack(pack(LaterWords()), PrinterWords).printers
    assert (word.state, word.known_state.value) == ("on_fire", "unknown")


def test_a_kiosks_paper_is_known_at_a_counter_and_its_end_too(hub: RunningHub, tmp_path: Path) -> None:
    with (
        joined(hub, tmp_path / "kiosk", "kiosk", "Loket 3", StationRole.KIOSK) as kiosk,
        joined(hub, tmp_path / "counter", "counter", "Loket 1") as counter,
    ):
        words = [OUT]
        kiosk.link.printers.speak_of(lambda: words[0])
        until(lambda: [each.printers for each in counter.link.printers.known()] == [OUT.printers])
        words[0] = READY
        kiosk.link.printers.look()
        until(lambda: [each.printers for each in counter.link.printers.known()] == [READY.printers])
