"""The five steps and which of them is now, so that nobody wonders how much longer it takes."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.text_block import letters
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.kiosk.view_state import Step
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_NAMES = (msg("Instansi"), msg("Layanan"), msg("Syarat"), msg("Prioritas"), msg("Karcis"))
_AT = {
    Step.AGENCY: 0, Step.ALL_AGENCIES: 0, Step.CLOSED: 0, Step.SERVICE: 1,
    Step.PREVIEW: 2, Step.PRIORITY: 3, Step.TICKET: 4,
}  # fmt: skip
_CIRCLE_PX, _GAP_PX, _DASH_PX = 28, 8, 18


class StepBar(QWidget):
    """Circles with numbers, ticks behind one, names beside them; without room only the name of the present one.

    At the right end of its room, unless `is_at_left`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ("",) * len(_NAMES)
        self._now = 0
        self.is_at_left = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_step(self, step: Step, say: Say) -> None:
        self._names, self._now = tuple(say(name) for name in _NAMES), _AT[step]
        self.setAccessibleName(
            say(msg("Langkah {now} dari {all}: {name}", now=self._now + 1, all=len(_NAMES), name=_NAMES[self._now]))
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width(theme_of(self), is_full=True), theme_of(self).px(_CIRCLE_PX + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(theme_of(self), is_full=False), theme_of(self).px(_CIRCLE_PX + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        is_full = self.width() >= self._width(theme, is_full=True)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0 if self.is_at_left else self.width() - self._width(theme, is_full=is_full)
        for index in range(len(_NAMES)):
            left = self._paint_step(painter, theme, index, left, has_name=is_full or index == self._now)
        painter.end()

    def _paint_step(self, painter: QPainter, theme: Theme, index: int, left: int, *, has_name: bool) -> int:
        """Draw one step and the dash after it; answers where the next one begins."""
        edge, middle = theme.px(_CIRCLE_PX), self.height() // 2
        circle = QRect(left + 1, middle - edge // 2, edge, edge)
        self._paint_circle(painter, theme, index, circle)
        left += edge + 2 + theme.px(_GAP_PX)
        painter.setFont(letters(theme, "body", 500))
        if has_name:
            width = self._name_width(theme, index)
            painter.setPen(theme.colour("pri" if index == self._now else "ink2"))
            painter.drawText(
                QRect(left, 0, width, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self._names[index]
            )
            left += width + theme.px(_GAP_PX)
        if index < len(_NAMES) - 1:
            painter.setPen(QPen(theme.colour("line2"), theme.px(2)))
            painter.drawLine(QPoint(left, middle), QPoint(left + theme.px(_DASH_PX), middle))
        return left + theme.px(_DASH_PX + _GAP_PX)

    def _paint_circle(self, painter: QPainter, theme: Theme, index: int, circle: QRect) -> None:
        is_now, is_done = index == self._now, index < self._now
        border = "pri" if is_now else "ok" if is_done else "line2"
        painter.setPen(QPen(theme.colour(border), theme.px(2)))
        painter.setBrush(theme.colour("pri") if is_now else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle)
        if is_done:
            edge = theme.px(18)
            corner = circle.center() - QPoint(edge // 2 - 1, edge // 2 - 1)
            painter.drawPixmap(corner, icon("check", theme.colour("ok"), edge, self.devicePixelRatioF()))
            return
        painter.setFont(letters(theme, "small", 700))
        painter.setPen(theme.colour("on-pri" if is_now else "ink2"))
        painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(index + 1))

    def _width(self, theme: Theme, *, is_full: bool) -> int:
        names = range(len(_NAMES)) if is_full else (self._now,)
        circles = len(_NAMES) * (theme.px(_CIRCLE_PX) + 2 + theme.px(_GAP_PX))
        dashes = (len(_NAMES) - 1) * theme.px(_DASH_PX + _GAP_PX)
        gaps = (len(names) - 1) * theme.px(_GAP_PX)
        return circles + dashes + gaps + sum(self._name_width(theme, index) for index in names)

    def _name_width(self, theme: Theme, index: int) -> int:
        return QFontMetrics(letters(theme, "body", 500)).horizontalAdvance(self._names[index]) + 1
