"""The middle of the window with a person at the desk: head, checklist, and the keys the checklist hears."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.counter.checklist_view import ChecklistHead, ChecklistView
from mppdesk.ui.counter.key_hints import KeyHints
from mppdesk.ui.counter.person_head import PersonHead
from mppdesk.ui.counter.view_state import CounterView
from mppdesk.ui.shared.labels import label, rule


class DeskView(QWidget):
    """`checklist` is the only part here that takes the focus."""

    row_reached = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.head = PersonHead()
        self.checklist = ChecklistView()
        self.hints = KeyHints()
        self._headings = ChecklistHead(self.checklist)
        self._no_papers = label("", "body", tone="ink2", wrap=True)
        self._lay_out()
        self.checklist.lack_asked.connect(self.hints.ask_reason)

    def show_desk(self, view: CounterView, row: int) -> None:
        """Draw the person and their papers."""
        if view.called is not None:
            self.head.show_called(view.called)
        if view.person is not None:
            self.head.show_serving(view.person)
        has_papers = bool(view.rows)
        for part in (self._headings, self.checklist, self.hints):
            part.setVisible(has_papers)
        self._no_papers.setVisible(not has_papers)
        self.checklist.show_rows(view.rows, row)

    def _lay_out(self) -> None:
        self._no_papers.setText(
            str(msg("Layanan ini belum mempunyai daftar persyaratan. F9 menyelesaikan tanpa periksa berkas."))
        )
        self._no_papers.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._no_papers.setContentsMargins(32, 32, 32, 32)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(rule())
        column.addWidget(self._headings)
        column.addWidget(self.checklist, 1)
        column.addWidget(self._no_papers, 1)
        column.addWidget(self.hints)
