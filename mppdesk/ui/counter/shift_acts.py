"""What a clerk does with the counter itself: open, rest, take no new numbers, send on who waits, close."""

from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs, Place
from mppdesk.ui.counter.port import CounterPort


class ShiftActs:
    """Each act travels as every other; afterwards the hand is at the desk."""

    def __init__(self, acts: CounterActs) -> None:
        self._acts = acts

    def open_counter(self) -> None:
        self._acts.carry_out(lambda port: port.open_counter(), self._at_the_desk)

    def take_break(self, until: str | None) -> None:
        self._acts.carry_out(lambda port: port.take_break(until), self._at_the_desk)

    def end_break(self) -> None:
        self._acts.carry_out(lambda port: port.end_break(), self._at_the_desk)

    def stop_new_numbers(self) -> None:
        self._acts.carry_out(lambda port: port.stop_new_numbers(), self._at_the_desk)

    def resume_new_numbers(self) -> None:
        self._acts.carry_out(lambda port: port.resume_new_numbers(), self._at_the_desk)

    def close_counter(self) -> None:
        self._acts.carry_out(lambda port: port.close_counter(), self._at_the_desk)

    def transfer_all_and_close(self, visits: tuple[str, ...], service: str, note: str | None) -> None:
        """Send on those whom nobody else serves, then close; a refusal half-way leaves the counter open."""

        def work(port: CounterPort) -> int:
            for visit in visits:
                port.transfer(visit, service, note, then_back=False)
            port.close_counter()
            return len(visits)

        def closed(count: int) -> None:
            what = msg("{count} orang dialihkan, loket tutup.", count=count)
            self._acts.told.emit(what, msg("Nomor dan waktu tunggu mereka tetap."))
            self._at_the_desk(count)

        self._acts.carry_out(work, closed)

    def _at_the_desk(self, _answer: object) -> None:
        self._acts.went.emit(Place.DESK)
