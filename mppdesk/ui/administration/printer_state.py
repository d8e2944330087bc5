"""What the page "Printer" shows and allows: a value that changes by what a person does, without any Qt."""

from dataclasses import dataclass, replace

from mppdesk.domain.errors import BadInput, ClerkError
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.domain.printer_options import url_saying
from mppdesk.domain.printer_trial import Seen, model_seen
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.administration.printer_port import PrinterRow, PrintersScreen, PrinterTest
from mppdesk.ui.administration.taking_over import TakingOver
from mppdesk.ui.administration.view_state import Button


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said so far of the test slip; None where she did not answer yet."""

    columns: int | None = None
    has_all_signs: bool | None = None
    has_qr: bool | None = None
    is_cut: bool | None = None
    has_odd_signs: bool | None = None

    def seen(self, *, asks_for_odd_signs: bool) -> Seen | None:
        """All of it; None while an answer is missing."""
        odd = self.has_odd_signs if asks_for_odd_signs else False
        if self.columns is None or None in (self.has_all_signs, self.has_qr, self.is_cut, odd):
            return None
        return Seen(self.columns, bool(self.has_all_signs), bool(self.has_qr), bool(self.is_cut), bool(odd))


_NO_ANSWERS = Answers()
_FIRST_READY = TakingOver()


@dataclass(frozen=True, slots=True)
class PrinterForm:
    """What was read, what is typed, and what is being done; `chosen` is a printer's name, None for a new one.

    `before` is how the printer stood in the list before the last saving or removing.
    """

    screen: PrintersScreen | None = None
    chosen: str | None = None
    name: str = ""
    url: str = ""
    taking_over: TakingOver = _FIRST_READY
    tested: PrinterTest | None = None
    answers: Answers = _NO_ANSWERS
    trouble: ClerkError | None = None
    notice: Text | None = None
    before: PrinterRow | None = None
    is_testing: bool = False
    is_saving: bool = False

    def with_screen(self, screen: PrintersScreen) -> "PrinterForm":
        """Show the printers as they stand; the first one is in hand at first, and what was typed stays."""
        is_first = self.screen is None and bool(screen.rows)
        shown = replace(self, screen=screen)
        return shown.choosing(screen.rows[0].name) if is_first else shown

    def choosing(self, name: str) -> "PrinterForm":
        """Take a printer in hand; the one that is in hand stays as it is."""
        found = next((row for row in self._rows if row.name == name), None)
        if found is None or name == self.chosen:
            return self
        return PrinterForm(self.screen, name, found.name, found.url, self._rule_of(found))

    def adding(self) -> "PrinterForm":
        """Begin a printer that nobody wrote down yet."""
        return PrinterForm(self.screen)

    def with_typed(self, name: str, url: str) -> "PrinterForm":
        """Another address is another printer: what was seen of the one before does not hold for it."""
        if (name, url) == (self.name, self.url):
            return self
        typed = replace(self, name=name, url=url, trouble=None, notice=None)
        return typed if url == self.url else replace(typed, tested=None, answers=_NO_ANSWERS)

    def offering(self, rule: TakingOver) -> "PrinterForm":
        """Take another rule in hand for when this printer stands still."""
        return replace(self, taking_over=rule, trouble=None, notice=None)

    def testing(self) -> "PrinterForm":
        return replace(self, is_testing=True, tested=None, answers=_NO_ANSWERS, trouble=None, notice=None)

    def with_tested(self, tested: PrinterTest) -> "PrinterForm":
        return replace(self, is_testing=False, tested=tested)

    def answering(self, answers: Answers) -> "PrinterForm":
        """Take an answer; with the last one the address says what was seen."""
        answered = replace(self, answers=answers)
        seen = answers.seen(asks_for_odd_signs=self.asks_for_odd_signs)
        if seen is None or self.tested is None:
            return answered
        return replace(answered, url=url_saying(self.url, model_seen(self.tested.model, seen, self.tested.said)))

    def saving(self) -> "PrinterForm":
        return replace(self, is_saving=True, trouble=None, notice=None)

    def saved(self) -> "PrinterForm":
        name = " ".join(self.name.split())
        done = msg("{name} tersimpan. Cetakan berikutnya memakai alamat ini.", name=name)
        if self.row is not None and self.row.url == self.url.strip():
            done = msg("{name} tersimpan. Penggantinya berlaku mulai sekarang.", name=name)
        return PrinterForm(self.screen, name, name, self.url, self.taking_over, notice=done, before=self.row)

    def removed(self) -> "PrinterForm":
        """It is gone from the list; what it was can be taken in hand again."""
        return PrinterForm(self.screen, notice=msg("{name} dihapus.", name=self.name), before=self.row)

    def going_back(self) -> "PrinterForm":
        """Take in hand again what was saved before this; it holds when it is saved."""
        if self.before is None:
            return self
        typed = self.with_typed(self.before.name, self.before.url).offering(self._rule_of(self.before))
        return replace(typed, before=None)

    def refused(self, trouble: ClerkError) -> "PrinterForm":
        return replace(self, is_testing=False, is_saving=False, trouble=trouble)

    @property
    def row(self) -> PrinterRow | None:
        return next((row for row in self._rows if row.name == self.chosen), None)

    @property
    def is_new(self) -> bool:
        return self.chosen is None

    @property
    def printer(self) -> Printer | None:
        """What the typed address leads to; None where nobody understands it."""
        return _printer_at(self.url)

    @property
    def asks(self) -> bool:
        """Whether a test slip lies before the person, about which she is asked."""
        return self.tested is not None and self.tested.is_given

    @property
    def asks_for_odd_signs(self) -> bool:
        """Only a printer that repeated the tag may be asked for it again, so only there it matters what it printed."""
        return self.tested is not None and self.tested.said.repeats_tag

    @property
    def moves(self) -> bool:
        """Whether saving sends the slips of a known printer to another device: that is asked about."""
        before = _printer_at(self.row.url) if self.row else None
        return before is not None and self.printer is not None and before.address != self.printer.address

    @property
    def words(self) -> Text:
        """What the address says of the printer, or why it says nothing."""
        if not self.url.strip():
            return printer_words.EXAMPLES
        if self.printer is None:
            return printer_words.NOT_AN_ADDRESS
        return printer_words.words(self.printer, has_others=self.screen is not None and self.screen.has_others)

    @property
    def instead(self) -> tuple[str, ...] | None:
        """The names of the printers that take over, empty: none does, None: any of them."""
        return self.taking_over.instead(self._names)

    @property
    def remark(self) -> Text | None:
        """What is to be said of the rule in hand."""
        trouble = self.taking_over.trouble(self.name, self._names)
        return trouble or self.taking_over.warning(self.url, self._rows)

    @property
    def test_button(self) -> Button:
        if self.is_testing:
            return Button(msg("Sedang diuji"), False)
        return Button(msg("Uji printer"), self.printer is not None and not self.is_saving)

    @property
    def back_button(self) -> Button:
        """Takes back what was saved or removed last."""
        if self.before is None or not self.is_new:
            return Button(msg("Kembalikan yang sebelumnya"), self.before is not None)
        return Button(msg("Kembalikan {name}", name=self.before.name), True)

    @property
    def remove_button(self) -> Button:
        """Only for a printer of the list; whether it may go is said when it is pressed."""
        may = self.screen is not None and self.screen.may_write and self.row is not None
        return Button(msg("Hapus {name}", name=self.name), may and not (self.is_testing or self.is_saving))

    @property
    def save_button(self) -> Button:
        may = self.screen is not None and self.screen.may_write and not (self.is_testing or self.is_saving)
        is_whole = bool(self.name.strip()) and self.printer is not None
        has_rule = self.taking_over.trouble(self.name, self._names) is None
        return Button(msg("Simpan"), may and self._is_changed and is_whole and has_rule)

    @property
    def _is_changed(self) -> bool:
        row = self.row
        return row is None or self.url.strip() != row.url or self.instead != self._rule_of(row).instead(self._names)

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(row.name for row in self._rows)

    def _rule_of(self, row: PrinterRow) -> TakingOver:
        return TakingOver.of(row.instead, self._names)

    @property
    def _rows(self) -> tuple[PrinterRow, ...]:
        return self.screen.rows if self.screen else ()


def _printer_at(url: str) -> Printer | None:
    try:
        return parse_printer(url)
    except BadInput:
        return None
