"""The bar at the top: where this is, how it is connected, the printer, the person, the time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from mppdesk.domain.formats import clock_time, zone_name
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.ages import age, short_age
from mppdesk.ui.shared.connection import ONE_PC, Connection
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark, number
from mppdesk.ui.shared.printer_words import printer_chip, roll_words

_INSIDE, _SPACING, _MARGIN = 8, 14, 16


class _BarChip(QFrame):
    """Icon, bold word and quiet note; yellow when it must be seen. With `is_known_by_icon` its word may give way."""

    def __init__(self, icon: str, *, is_known_by_icon: bool = False) -> None:
        super().__init__()
        self._is_known_by_icon = is_known_by_icon
        self._icon = IconLabel(icon, "on-bar", 20)
        self.word_label = label("", "list", 600, "on-bar")
        self.note = label("", "small", tone="on-bar2")
        row = QHBoxLayout(self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        row.setContentsMargins(_INSIDE, 3, _INSIDE, 3)
        row.setSpacing(_INSIDE)
        for part in (self._icon, self.word_label, self.note):
            row.addWidget(part)

    def show_state(
        self, icon: str, word: Text | str, note: Text | str = "", tone: str = "on-bar", more: Text | str = ""
    ) -> None:
        is_yellow = tone == "sun"
        self._icon.set_icon(icon, "on-sun" if is_yellow else tone)
        self.word_label.setText(str(word))
        self.note.setText(str(note))
        self.note.setVisible(bool(str(note)))
        self.setAccessibleName(f"{word} {note}".strip())
        self.setAccessibleDescription(str(more))
        self.setToolTip("\n".join(filter(None, (str(note), str(more)))))
        mark(self.word_label, tone="on-sun" if is_yellow else "on-bar")
        mark(self.note, tone="on-sun" if is_yellow else "on-bar2")
        mark(self, part="chip" if is_yellow else "", kind="sun" if is_yellow else "")

    @property
    def word(self) -> str:
        return self.word_label.text()

    @property
    def least_width(self) -> int:
        """Without what gives way."""
        bare = 2 * _INSIDE + self._icon.sizeHint().width()
        return bare if self._is_known_by_icon else bare + _INSIDE + self.word_label.sizeHint().width()


class TopBar(QFrame):
    """48 px at scale 1; `now` gives the hub's time in the office's zone.

    Where letters are large and the screen is small the name of the MPP gives way first, then what the connection adds,
    then the word of a wrong clock; both are under the pointer still, and the banner says the latter whole.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._station = number("", "head", "on-bar")
        self._agency = label("", "body", tone="on-bar")
        self._mpp = label("", "list", tone="on-bar2")
        self._connection, self._printer, self._person = (
            _BarChip(name) for name in ("plug-connected", "printer", "user")
        )
        self._clock_off = _BarChip("clock", is_known_by_icon=True)
        self._clock, self._zone = number("", "head", "on-bar"), label("", "small", tone="on-bar2")
        self._printer_edge, self._person_edge = _edge(), _edge()
        self._stays: tuple[QWidget, ...] = (
            self._station, self._agency, _edge(), self._connection, self._printer_edge, self._printer,
            self._person_edge, self._person, _edge(), self._clock_off, self._clock, self._zone,
        )  # fmt: skip
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
        self._share_out()

    def set_connection(self, connection: Connection) -> None:
        """Show how the hub and the centre are reached."""
        icon, tone = "plug-connected", "on-bar-ok"
        if connection.is_cut_off:
            icon, tone = "plug-connected-x", "sun"
        elif not connection.has_centre:
            icon, tone = "cloud-off", "on-bar2"
        self._connection.show_state(icon, connection.word, connection.note or "", tone, connection.more or "")
        self._share_out()

    def set_printer(self, status: PrinterStatus | None) -> None:
        """Show how the printer stands; None where there is no printer."""
        self._printer.setVisible(status is not None)
        self._printer_edge.setVisible(status is not None)
        if status is not None:
            chip = printer_chip(status)
            more = roll_words(status.slips_left) if status.slips_left is not None else ""
            self._printer.show_state(chip.icon, chip.word, tone=chip.tone, more=more)

    def set_person(self, name: str | None) -> None:
        """Show who works here; None when nobody is signed in."""
        self._person.setVisible(name is not None)
        self._person_edge.setVisible(name is not None)
        self._person.show_state("user", name or "", tone="on-bar2")

    def set_clock_difference(self, difference: timedelta | None) -> None:
        """Say beside the time, which is the hub's, how far this computer's clock is from it; None: near enough."""
        self._clock_off.setVisible(difference is not None)
        if difference is None:
            self._clock_off.show_state("clock", "")
        else:
            word = msg("Jam selisih {age}", age=short_age(difference))
            more = msg("Jam komputer ini berselisih {age} dari hub.", age=age(difference))
            self._clock_off.show_state("clock", word, tone="sun", more=more)
        self._share_out()

    @property
    def printer_word(self) -> str:
        return self._printer.word

    @property
    def connection_word(self) -> str:
        return self._connection.word

    @property
    def clock_off_word(self) -> str:
        """Empty while this computer's clock is right."""
        return self._clock_off.word

    @property
    def clock_text(self) -> str:
        return f"{self._clock.text()} {self._zone.text()}"

    def tick(self) -> None:
        """Show the time now."""
        now = self._now()
        self._clock.setText(clock_time(now))
        self._zone.setText(zone_name(now))

    def minimumSizeHint(self) -> QSize:
        """The bar without what gives way, whether that is shown now or not."""
        widths = (_least_width(part) + _SPACING for part in self._stays if not part.isHidden())
        return QSize(sum(widths) + 2 * _MARGIN, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._share_out()
        return done

    @property
    def _gives_way(self) -> tuple[QLabel, ...]:
        """The last first."""
        return (self._clock_off.word_label, self._connection.note, self._mpp)

    def _share_out(self) -> None:
        """Show what there is room for."""
        taken = self.minimumSizeHint().width()
        for part in self._gives_way:
            if part.text():
                taken += part.sizeHint().width() + _SPACING
                part.setVisible(taken <= self.width())

    def _lay_out(self) -> None:
        mark(self, part="topbar")
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        row.setSpacing(_SPACING)
        row.addStrut(40)  # not a minimum height: that would keep the bar from growing with its letters
        left, right = self._stays[:3], self._stays[3:]
        for part in (*left, self._mpp):
            row.addWidget(part)
        row.addStretch()
        for part in right:
            row.addWidget(part)
        for part in (self._clock, self._zone):
            row.setAlignment(part, Qt.AlignmentFlag.AlignVCenter)

    def _hide_until_known(self) -> None:
        self.set_place("", "", "")
        self.set_connection(ONE_PC)
        self.set_printer(None)
        self.set_person(None)
        self.set_clock_difference(None)


def _least_width(part: QWidget) -> int:
    if isinstance(part, _BarChip):
        return part.least_width
    return part.minimumWidth() or part.sizeHint().width()


def _edge() -> QLabel:
    made = QLabel()
    made.setFixedSize(1, 24)
    mark(made, part="bar-edge")
    return made
