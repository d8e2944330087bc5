"""The bar at the top: where this is, how it is connected, the printer, the person, the time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from mppdesk.domain.formats import clock_time, zone_name
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text
from mppdesk.ui.shared.connection import ONE_PC, Connection
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark, number
from mppdesk.ui.shared.printer_words import printer_chip


class _BarChip(QFrame):
    """Icon, bold word and quiet note; yellow when it must be seen."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = IconLabel(icon, "on-bar", 20)
        self._word = label("", "list", 600, "on-bar")
        self._note = label("", "small", tone="on-bar2")
        row = QHBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(8)
        for part in (self._icon, self._word, self._note):
            row.addWidget(part)

    def show_state(
        self, icon: str, word: Text | str, note: Text | str = "", tone: str = "on-bar", more: Text | str = ""
    ) -> None:
        is_yellow = tone == "sun"
        self._icon.set_icon(icon, "on-sun" if is_yellow else tone)
        self._word.setText(str(word))
        self._note.setText(str(note))
        self._note.setVisible(bool(str(note)))
        self.setAccessibleName(f"{word} {note}".strip())
        self.setAccessibleDescription(str(more))
        self.setToolTip(str(more))
        mark(self._word, tone="on-sun" if is_yellow else "on-bar")
        mark(self._note, tone="on-sun" if is_yellow else "on-bar2")
        mark(self, part="chip" if is_yellow else "", kind="sun" if is_yellow else "")

    @property
    def word(self) -> str:
        return self._word.text()


class TopBar(QFrame):
    """48 px at scale 1; `now` gives the hub's time in the office's zone."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._station = number("", "head", "on-bar")
        self._agency = label("", "body", tone="on-bar")
        self._mpp = label("", "list", tone="on-bar2")
        self._connection, self._printer, self._person = (
            _BarChip(name) for name in ("plug-connected", "printer", "user")
        )
        self._clock, self._zone = number("", "head", "on-bar"), label("", "small", tone="on-bar2")
        self._printer_edge, self._person_edge = _edge(), _edge()
        self._lay_out()
        self._hide_until_known()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def set_place(self, station: Text | str, agency: Text | str, mpp: Text | str) -> None:
        """Say where this is: `Loket 2`, `DPMPTSP`, `MPP Kabupaten Sukamaju`."""
        for part, text in ((self._station, station), (self._agency, agency), (self._mpp, mpp)):
            part.setText(str(text))
            part.setVisible(bool(str(text)))

    def set_connection(self, connection: Connection) -> None:
        """Show how the hub and the centre are reached."""
        icon, tone = "plug-connected", "on-bar-ok"
        if connection.is_cut_off:
            icon, tone = "plug-connected-x", "sun"
        elif not connection.has_centre:
            icon, tone = "cloud-off", "on-bar2"
        self._connection.show_state(icon, connection.word, connection.note or "", tone, connection.more or "")

    def set_printer(self, status: PrinterStatus | None) -> None:
        """Show how the printer stands; None where there is no printer."""
        self._printer.setVisible(status is not None)
        self._printer_edge.setVisible(status is not None)
        if status is not None:
            chip = printer_chip(status)
            self._printer.show_state(chip.icon, chip.word, tone=chip.tone)

    def set_person(self, name: str | None) -> None:
        """Show who works here; None when nobody is signed in."""
        self._person.setVisible(name is not None)
        self._person_edge.setVisible(name is not None)
        self._person.show_state("user", name or "", tone="on-bar2")

    @property
    def printer_word(self) -> str:
        return self._printer.word

    @property
    def connection_word(self) -> str:
        return self._connection.word

    @property
    def clock_text(self) -> str:
        return f"{self._clock.text()} {self._zone.text()}"

    def tick(self) -> None:
        """Show the time now."""
        now = self._now()
        self._clock.setText(clock_time(now))
        self._zone.setText(zone_name(now))

    def _lay_out(self) -> None:
        mark(self, part="topbar")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(14)
        row.addStrut(40)  # not a minimum height: that would keep the bar from growing with its letters
        left: tuple[QWidget, ...] = (self._station, self._agency, _edge(), self._mpp)
        for part in left:
            row.addWidget(part)
        row.addStretch()
        right: tuple[QWidget, ...] = (
            self._connection, self._printer_edge, self._printer, self._person_edge, self._person, _edge(),
        )  # fmt: skip
        for part in right:
            row.addWidget(part)
        row.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._zone, 0, Qt.AlignmentFlag.AlignVCenter)

    def _hide_until_known(self) -> None:
        self.set_place("", "", "")
        self.set_connection(ONE_PC)
        self.set_printer(None)
        self.set_person(None)


def _edge() -> QLabel:
    made = QLabel()
    made.setFixedSize(1, 24)
    mark(made, part="bar-edge")
    return made
