"""The page "Printer": the printers of the building, and one in hand that is tested, seen and written down."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.printers import still_used
from mppdesk.texts import msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.administration.far_printer_card import FarPrinterCard
from mppdesk.ui.administration.printer_card import PrinterCard
from mppdesk.ui.administration.printer_port import PrinterPort, PrinterRow, PrintersScreen, PrinterTest
from mppdesk.ui.administration.printer_state import Answers, PrinterForm
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.administration.trial_card import TrialCard
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.dialogs import Choice, Question
from mppdesk.ui.shared.form_parts import scrolling
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.theme import theme_of

_COLUMNS = (msg("Nama"), msg("Alamat"), msg("Jenis"), msg("Keadaan dari sini"))
_ADDRESS, _KIND = 1, 2
_LEFT, _RIGHT = 4, 3
_LEAST_FOR_TWO = 900
_GAP = 12
_LEAVE, _MOVE, _REMOVE = "leave", "move", "remove"


class PrinterPage(QWidget):
    """Reads when told to; a printer is asked and a setting written beside the GUI thread.

    Emits `places_wanted` for the counters and kiosks, and which printer each of them prints on.
    """

    places_wanted = Signal()

    def __init__(self, port: PrinterPort, tasks: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._port, self._tasks = port, tasks
        self._state = PrinterForm()
        self.table = Table(msg("Printer gedung ini"), _COLUMNS, stretched=_ADDRESS)
        self.empty = label(str(printer_words.NO_PRINTERS), "body", tone="ink2", wrap=True)
        self.new_button = QPushButton(str(msg("Printer baru")))
        self.remove_button = QPushButton(str(msg("Hapus printer ini")))
        for button in (self.new_button, self.remove_button):
            button.setAutoDefault(True)
        self.places_button = KeyButton("F6", msg("Loket dan kiosk"))
        self.card, self.far = PrinterCard(), FarPrinterCard()
        self._trial: TrialCard | None = None
        self._in_hand = QVBoxLayout()
        self._lay_out()
        self.table.chosen.connect(lambda name: self._change(self._state.choosing(name)))
        self.new_button.clicked.connect(self.add)
        self.card.typed.connect(self._typed)
        self.card.taking_over.changed.connect(lambda rule: self._change(self._state.offering(rule)))
        self.card.test_wanted.connect(self.test)
        self.card.save_wanted.connect(self.press)
        self.remove_button.clicked.connect(self.remove)
        self.places_button.clicked.connect(self.places_wanted)
        self.card.back_wanted.connect(self.go_back)
        self._show()

    @property
    def state(self) -> PrinterForm:
        return self._state

    @property
    def trial(self) -> TrialCard:
        """The questions; made for the first test slip, so that the page opens sooner."""
        if self._trial is None:
            self._trial = TrialCard()
            self._trial.answered.connect(self._answer)
            self._in_hand.insertWidget(1, self._trial)
        return self._trial

    def read(self) -> None:
        self._tasks.run(self._port.printers, self._show_screen, self._refuse)

    def add(self) -> None:
        """Begin a printer that nobody wrote down yet."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.table.rootIndex())
        self._change(self._state.adding())
        self.card.name.setFocus()

    def test(self) -> None:
        """F8: ask the printer what it can do and let its test slip come out."""
        if self._state.test_button.is_usable:
            url = self._state.url.strip()
            self._change(self._state.testing())
            self._tasks.run_beside(partial(self._port.test_printer, url), self._show_test, self._refuse)

    def press(self) -> None:
        """F9: save; where the slips of a printer would go elsewhere, only after a question."""
        if not self._state.save_button.is_usable:
            return
        if not self._state.moves:
            self._save()
            return
        self._ask(self._question(), _MOVE, self._save)

    def go_back(self) -> None:
        """The button goes; left to itself the focus would go on to the list, which takes a printer in hand."""
        self.card.url.setFocus()
        self._change(self._state.going_back())

    def remove(self) -> None:
        """Take the printer in hand off the list, after a question; one that is in use stays."""
        row = self._state.row
        if row is None:
            return
        if row.used_by:
            self._refuse(still_used(row.name, row.used_by))
        else:
            has_others = self._state.screen is not None and self._state.screen.has_others
            self._ask(self._question_of_removing(row.name, has_others=has_others), _REMOVE, self._remove)

    def _ask(self, question: Question, act: str, do: Callable[[], None]) -> None:
        question.chosen.connect(lambda chosen: do() if chosen == act else None)
        question.finished.connect(question.deleteLater)
        question.open()

    def _question_of_removing(self, name: str, *, has_others: bool) -> Question:
        here = msg("Tidak ada loket atau kiosk yang memakainya. Nama Anda dicatat.")
        words = (
            "{here} Bila komputer lain masih menunggunya tanpa diketahui di sini, cetakan itu tetap tersimpan di sana, "
            "dan keluar bila {name} ditambahkan lagi."
        )
        elsewhere = msg(words, here=here, name=name)
        return Question(
            self,
            msg("Hapus {name}?", name=name),
            elsewhere if has_others else here,
            [Choice(_REMOVE, msg("Hapus {name}", name=name))],
            Choice(_LEAVE, msg("Biarkan {name}", name=name)),
        )

    def _remove(self) -> None:
        name = self._state.name
        self.card.url.setFocus()
        self._change(self._state.saving())
        self._tasks.run(lambda: self._port.remove_printer(name), lambda _done: self._removed(), self._refuse)

    def _removed(self) -> None:
        self._change(self._state.removed())
        self.card.back_button.setFocus()
        self.read()

    def _question(self) -> Question:
        name, url = self._state.name, self._state.url.strip()
        return Question(
            self,
            msg("Ubah alamat {name}?", name=name),
            msg(
                "Cetakan {name} berikutnya, juga yang masih antre, keluar di {url}. Nama Anda dicatat.",
                name=name,
                url=url,
            ),
            [Choice(_MOVE, msg("Ubah alamat {name}", name=name))],
            Choice(_LEAVE, msg("Biarkan alamat lama")),
        )

    def _save(self) -> None:
        name, url = self._state.name, self._state.url.strip()
        instead = self._state.instead
        self._change(self._state.saving())
        self._tasks.run(lambda: self._port.write_printer(name, url, instead), lambda _done: self._saved(), self._refuse)

    def _saved(self) -> None:
        """The questions go, and with them the focus; the list is where the next one is chosen, if this one is in it."""
        (self.card.url if self._state.is_new else self.table).setFocus()
        self._change(self._state.saved())
        self.read()

    def _show_screen(self, screen: PrintersScreen) -> None:
        self._change(self._state.with_screen(screen))

    def _show_test(self, tested: PrinterTest) -> None:
        if tested.is_given:
            self._change(self._state.with_tested(tested))
            self.trial.rows["columns"].button(tested.model.columns).setFocus()
        else:
            self._refuse(printer_words.not_ready(tested))

    def _answer(self, answers: Answers) -> None:
        self._change(self._state.answering(answers))

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble))

    def _typed(self) -> None:
        self._change(self._state.with_typed(self.card.name.text(), self.card.url.text()))

    def _change(self, state: PrinterForm) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        screen = self._state.screen
        rows = screen.rows if screen else ()
        self.empty.setVisible(screen is not None and not rows)
        self.table.setVisible(bool(rows))
        if screen is not None:
            self.table.show_rows(tuple(_row(screen, each) for each in rows))
            self.new_button.setEnabled(screen.may_write)
        if self._state.chosen is not None and self.table.chosen_key != self._state.chosen:
            self.table.choose(self._state.chosen)
        self.remove_button.setAccessibleName(str(self._state.remove_button.words))
        self.remove_button.setVisible(self._state.remove_button.is_usable)
        self.card.show_state(self._state)
        trial = self.trial if self._state.asks else self._trial
        if trial is not None:
            trial.show_state(self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a small window have no room for two columns: then one stands above the other."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme_of(self).px(_LEAST_FOR_TWO)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else across)
        self.table.setColumnHidden(_KIND, is_narrow)

    def _lay_out(self) -> None:
        """The rooms first, then the cards into them: each change of a parent dresses all that is below it anew."""
        inside = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(_GAP)
        self._in_hand.setSpacing(_GAP)
        listed = Card()
        self._columns.addWidget(listed, _LEFT)
        self._columns.addLayout(self._in_hand, _RIGHT)
        self._in_hand.addWidget(self.card)
        self._in_hand.addStretch(1)
        listed.body.addWidget(self.empty)
        listed.body.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.new_button)
        below.addWidget(self.remove_button)
        below.addStretch(1)
        below.addWidget(self.places_button)
        listed.body.addLayout(below)
        listed.body.addWidget(self.far)


def _row(screen: PrintersScreen, each: PrinterRow) -> Row:
    where, kind = printer_words.where_and_kind(each.url)
    standing = str(printer_words.standing(each, screen.now))
    cells = (each.name, where, str(kind), standing)
    return Row(each.name, cells, ", ".join(filter(None, cells)), printer_words.sign(each.state))
