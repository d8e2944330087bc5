"""A station's word on its printers: said when it is new, repeated now and then, and never to a hub that takes none."""

from dataclasses import dataclass, field

from mppdesk.domain.station import Station, StationRole
from mppdesk.server.printer_news import PrinterNews
from mppdesk.sync.link import Unreachable
from mppdesk.sync.printer_exchange import REPEATED_S, PrinterExchange
from mppdesk.sync.printer_words import NOTHING_SAID, FarPrinters, PrinterWord, PrinterWords
from mppdesk.sync.protocol import PrintersPlace

OUT = PrinterWords((PrinterWord("Kiosk", "paper_out", 1_000, waiting=3),))
READY = PrinterWords((PrinterWord("Kiosk", "ready", 2_000),))
KIOSK, COUNTER = "1" * 32, "2" * 32


@dataclass
class Hall:
    """A hub in memory with two enrolled computers, and a clock of seconds."""

    now_s: float = 0.0
    run: str = "first"
    is_there: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start(self.run)

    def start(self, run: str) -> None:
        self.news = PrinterNews(station, lambda: self.now_s, run)

    def say(self, device_id: str, words: PrinterWords) -> PrintersPlace:
        self._note("say")
        return self.news.hear(device_id, words)

    def hear(self, device_id: str) -> FarPrinters:
        self._note("hear")
        return self.news.others(device_id)

    def _note(self, asked: str) -> None:
        self.asked.append(asked)
        if not self.is_there:
            raise Unreachable("HTTP 503")


@dataclass
class Computer:
    """One computer's way to that hub, and its part of the exchange."""

    hall: Hall
    device_id: str
    reads: bool = False
    words: PrinterWords = NOTHING_SAID
    pokes: int = 0
    told: int = 0

    def __post_init__(self) -> None:
        self.printers = PrinterExchange(
            self, lambda: self.hall.now_s, reads=self.reads, poke=self._poke, told=self._tell
        )
        self.printers.speak_of(lambda: self.words)

    def tell_printers(self, words: PrinterWords) -> PrintersPlace:
        return self.hall.say(self.device_id, words)

    def far_printers(self) -> FarPrinters:
        return self.hall.hear(self.device_id)

    def stands(self, words: PrinterWords) -> None:
        self.words = words
        self.printers.look()

    def exchange(self) -> None:
        """What follows a hello."""
        self.printers.seen(self.hall.news.place())
        self.printers()

    def knows(self) -> list[tuple[str, PrinterWords]]:
        return [(each.label, PrinterWords(each.printers)) for each in self.printers.known()]

    def _poke(self) -> None:
        self.pokes += 1

    def _tell(self) -> None:
        self.told += 1


def station(device_id: str) -> Station | None:
    labels = {KIOSK: ("Kiosk 1", StationRole.KIOSK), COUNTER: ("Loket 2", StationRole.COUNTER)}
    if device_id not in labels:
        return None
    label, role = labels[device_id]
    return Station(device_id, b"", label, role, (), 2, "", 0)


def test_a_fault_is_known_elsewhere_after_one_exchange_each_and_so_is_its_end() -> None:
    hall = Hall()
    kiosk, counter = Computer(hall, KIOSK), Computer(hall, COUNTER, reads=True)
    kiosk.stands(OUT)
    assert kiosk.pokes == 1
    kiosk.exchange()
    counter.exchange()
    assert counter.knows() == [("Kiosk 1", OUT)]

    kiosk.stands(READY)
    kiosk.exchange()
    counter.exchange()
    assert counter.knows() == [("Kiosk 1", READY)]
    assert counter.told == 2


def test_what_was_said_is_repeated_each_half_minute_and_no_more_often() -> None:
    hall = Hall()
    kiosk = Computer(hall, KIOSK)
    kiosk.stands(OUT)
    for _ in range(50):
        kiosk.exchange()
    assert hall.asked == ["say"]
    assert kiosk.printers.due_s() == REPEATED_S

    hall.now_s += REPEATED_S
    kiosk.exchange()
    assert hall.asked == ["say", "say"]
    assert hall.news.place().seq == 1, "a word that is repeated is no news"


def test_nothing_is_read_again_while_there_is_no_news_and_nothing_said_where_no_printer_is() -> None:
    hall = Hall()
    counter = Computer(hall, COUNTER, reads=True)
    for _ in range(50):
        counter.exchange()
        hall.now_s += REPEATED_S
    assert hall.asked == ["hear"]


def test_a_hub_of_an_older_version_is_asked_nothing() -> None:
    """Its hello names no place, and an address that it does not have is never knocked at."""
    hall = Hall()
    counter = Computer(hall, COUNTER, reads=True)
    counter.stands(OUT)
    counter.printers.seen(None)
    counter.printers()
    assert hall.asked == []
    assert counter.printers.due_s() > REPEATED_S


def test_a_hub_that_cannot_take_it_now_is_asked_again_after_some_seconds_however_often_journals_meet() -> None:
    hall = Hall(is_there=False)
    kiosk = Computer(hall, KIOSK)
    kiosk.stands(OUT)
    for _ in range(50):
        kiosk.exchange()
    assert hall.asked == ["say"]

    hall.is_there = True
    hall.now_s += kiosk.printers.due_s()
    kiosk.exchange()
    kiosk.exchange()
    assert hall.asked == ["say", "say"]


def test_a_hub_that_was_started_again_is_told_at_once() -> None:
    hall = Hall()
    kiosk, counter = Computer(hall, KIOSK), Computer(hall, COUNTER, reads=True)
    kiosk.stands(OUT)
    kiosk.exchange()
    counter.exchange()

    hall.start("second")
    counter.exchange()
    assert counter.knows() == []
    kiosk.exchange()
    counter.exchange()
    assert counter.knows() == [("Kiosk 1", OUT)]


def test_a_kiosk_reads_nothing_of_the_others() -> None:
    hall = Hall()
    hall.say(COUNTER, OUT)
    kiosk = Computer(hall, KIOSK)
    kiosk.exchange()
    assert hall.asked == ["say"]


def test_nothing_is_known_of_a_hub_that_is_out_of_reach_or_was_silent_for_too_long() -> None:
    hall = Hall()
    hall.say(KIOSK, OUT)
    counter = Computer(hall, COUNTER, reads=True)
    counter.exchange()
    assert counter.knows()

    counter.printers.lost()
    assert counter.knows() == []
    counter.exchange()
    assert counter.knows(), "it is back"

    hall.now_s += 2 * REPEATED_S
    assert counter.knows() == []
