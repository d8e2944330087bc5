"""What a clerk answers about paper: whether a sheet came out, where it is printed instead, that the roll is new."""

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.port import CounterPort


class PaperActs:
    """Each answer travels as every other act; the hand stays where it is."""

    def __init__(self, acts: CounterActs) -> None:
        self._acts = acts

    def came_out(self, job: str) -> None:
        self._acts.carry_out(lambda port: port.slip_came_out(job), _nothing_to_say)

    def reprint(self, job: str) -> None:
        self._acts.carry_out(lambda port: port.reprint_slip(job), self._say_copy)

    def print_elsewhere(self, printer: str) -> None:
        """Send what waits for this counter's printer to another one."""
        done = msg("Cetakan baru tetap di printer loket ini.")
        self._acts.carry_out(lambda port: port.print_elsewhere(printer), lambda said: self._acts.told.emit(said, done))

    def print_expired(self, jobs: tuple[str, ...]) -> None:
        """Let tickets come out that got too old to do so by themselves."""
        done = msg("Berikan kepada pemiliknya bila masih menunggu.")

        def work(port: CounterPort) -> Text:
            return port.print_expired(jobs)

        self._acts.carry_out(work, lambda said: self._acts.told.emit(said, done))

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        self._acts.carry_out(lambda port: port.let_expired_go(jobs), _nothing_to_say)

    def roll_changed(self) -> None:
        """Somebody put a new roll into this counter's printer."""
        noted = msg("Gulungan baru dicatat.")
        counted = msg("Sisa kertas dihitung mulai sekarang.")
        self._acts.carry_out(lambda port: port.roll_changed(), lambda _: self._acts.told.emit(noted, counted))

    def _say_copy(self, said: Text) -> None:
        self._acts.told.emit(said, msg("Lembar itu bertanda SALINAN."))


def _nothing_to_say(_answer: object) -> None:
    """The question is gone; that says enough."""
