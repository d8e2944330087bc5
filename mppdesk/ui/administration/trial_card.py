"""What the person sees on the test slip: one question each, answered by a click or the arrow keys."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.domain.printer_trial import (
    CUT_QUESTION,
    ODD_QUESTION,
    QR_QUESTION,
    SIGNS_QUESTION,
    WIDTH_QUESTION,
    WIDTHS,
)
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.administration.printer_state import Answers, PrinterForm
from mppdesk.ui.shared.button_icon import button_icon
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.theme import theme_of

_YES_NO: tuple[tuple[Any, Text | str], ...] = ((True, msg("Ya")), (False, msg("Tidak")))
_ANSWER_WIDTH, _TICK = 88, 18


class AnswerRow(QWidget):
    """A question with its answers beside it or below, none chosen at first; emits `answered` with the one that was."""

    answered = Signal(object)

    def __init__(self, question: Text, answers: Sequence[tuple[Any, Text | str]], *, is_below: bool = False) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._values = [value for value, _ in answers]
        whole = QVBoxLayout(self) if is_below else QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(label(str(question), "list", wrap=True), 1)
        row = QHBoxLayout()
        whole.addLayout(row)
        for place, (_, words) in enumerate(answers):
            button = QPushButton(str(words))
            button.setCheckable(True)
            button.setMinimumWidth(_ANSWER_WIDTH)
            button.setAccessibleName(f"{question} {words}")
            button.toggled.connect(partial(self._tick, button))
            mark(button, part="answer")
            self._group.addButton(button, place)
            row.addWidget(button)
        self._group.idClicked.connect(lambda place: self.answered.emit(self._values[place]))

    def _tick(self, button: QPushButton, is_given: bool) -> None:
        """Never by colour alone: the answer that was given carries a tick."""
        theme = theme_of(self)
        edge = theme.px(_TICK)
        button.setIconSize(QSize(edge, edge))
        button.setIcon(button_icon("check", theme.colour("pri"), edge) if is_given else QIcon())

    def button(self, value: object) -> QPushButton:
        found = self._group.button(self._values.index(value))
        assert isinstance(found, QPushButton)
        return found

    def show_answer(self, value: object) -> None:
        """Show which one was given; none where `value` is None."""
        if value is None:
            self._group.setExclusive(False)  # else the last one cannot be taken back
            for button in self._group.buttons():
                button.setChecked(False)
            self._group.setExclusive(True)
        else:
            self.button(value).setChecked(True)


class TrialCard(Card):
    """Emits `answered` with all that was answered so far."""

    answered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._answers = Answers()
        self._heading = label("", "body", 700, wrap=True)
        self.rows = {
            "columns": AnswerRow(WIDTH_QUESTION, [(width, str(width)) for width in WIDTHS]),
            "has_all_signs": AnswerRow(SIGNS_QUESTION, _YES_NO),
            "has_qr": AnswerRow(QR_QUESTION, _YES_NO),
            "has_odd_signs": AnswerRow(ODD_QUESTION, _YES_NO),
            "is_cut": AnswerRow(CUT_QUESTION, _YES_NO),
        }
        self.body.addWidget(self._heading)
        for name, row in self.rows.items():
            self.body.addWidget(row)
            row.answered.connect(lambda value, name=name: self._take(name, value))

    def show_state(self, state: PrinterForm) -> None:
        self.setVisible(state.asks)
        if state.tested is None or not state.asks:
            return
        self._answers = state.answers
        heading = str(printer_words.looked_at(state.tested))
        self._heading.setText(heading)
        self.setAccessibleName(heading)
        self.rows["has_odd_signs"].setVisible(state.asks_for_odd_signs)
        for name, row in self.rows.items():
            row.show_answer(getattr(state.answers, name))

    def _take(self, name: str, value: Any) -> None:
        self.answered.emit(replace(self._answers, **{name: value}))
