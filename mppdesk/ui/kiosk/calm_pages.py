"""The pages with one sentence: a closed agency, "Masih di sana?", a kiosk that has stopped."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.page import Card, KioskPage, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, MAIN_MM
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.sign_box import SignBox
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.view_state import ASKING_S
from mppdesk.ui.kiosk.words import OPENING, STOPPED
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.theme import theme_of

_FULL_CIRCLE = 360 * 16


class ClosedPage(KioskPage):
    """When it opens again, and what can be done meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.read = WordButton(Act(ActKind.SEE_SERVICES), "", "list-check", Look.MAIN, "head")
        self.others = WordButton(Act(ActKind.SEE_ALL), "", "search", Look.TOOL, "head")
        self._sign = SignBox("building", "line", "ink2", 88)
        self._name = Prose("body", 500, "ink2", is_centred=True)
        self._reason = Prose("title", 700, "warn", is_centred=True)
        self._meanwhile = Prose("head", 500, is_centred=True)
        self._lay_out()
        self.wire(self.read)
        self.wire(self.others)

    def show_scene(self, scene: Scene) -> None:
        agency = scene.state.agency
        if agency is None:
            return
        self._sign.show_sign(agency.agency.icon)
        self._name.setText(agency.agency.name)
        self._reason.setText(scene.say(agency.closed) if agency.closed else "")
        self._meanwhile.setText(
            scene.say(msg("Sementara itu Anda dapat membaca syarat layanannya, atau memilih instansi lain."))
        )
        self.read.show_word(scene.say(msg("Lihat layanan dan syaratnya")))
        self.others.show_word(scene.say(msg("Instansi lain")))
        for button in (self.read, self.others):
            button.set_least_height(scene.panel.pixels(MAIN_MM))
        self._buttons.setSpacing(scene.panel.pixels(GAP_MM))
        self._inside.setSpacing(theme_of(self).px(14))
        self._inside.setContentsMargins(*[theme_of(self).px(24)] * 4)
        self._column.setSpacing(scene.panel.pixels(GAP_MM))

    def _lay_out(self) -> None:
        card = Card("sunk")
        self._inside = QVBoxLayout(card)
        self._inside.addStretch(1)
        self._inside.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self._name, self._reason, self._meanwhile):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.others, 1)
        self._buttons.addWidget(self.read, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(card, 1)
        self._column.addLayout(self._buttons)


class StillTherePage(KioskPage):
    """A ring that empties in 20 s; any touch goes on where the person was."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = Ring()
        self.stay = WordButton(Act(ActKind.STAY), "", "check", Look.MAIN, "title")
        self._then = Prose("head", 500, "ink2", is_centred=True)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._then)
        column.addStretch(1)
        column.addWidget(self.stay, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.wire(self.stay)

    def show_scene(self, scene: Scene) -> None:
        self.ring.show_seconds(scene.state.seconds_to_answer(scene.now_s) or 0.0)
        self._then.setText(scene.say(msg("Sentuh layar untuk melanjutkan. Bila tidak, kiosk kembali ke awal.")))
        self.stay.show_word(scene.say(msg("Ya, lanjutkan")))
        self.stay.set_least_height(scene.panel.pixels(MAIN_MM))


class MessagePage(KioskPage):
    """Before the first reading, and when the office's data cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence = Prose("title", 700, is_centred=True)
        self._sign = IconLabel("info-circle", "pri", 88)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addStretch(2)

    def show_scene(self, scene: Scene) -> None:
        sentence = scene.say(STOPPED if scene.state.stopped else OPENING)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)


class Ring(QWidget):
    """The seconds that are left, as a number in a ring."""

    def __init__(self, edge_px: int = 190) -> None:
        super().__init__()
        self._edge_px, self._seconds = edge_px, 0.0

    @property
    def seconds(self) -> float:
        return self._seconds

    def show_seconds(self, seconds: float) -> None:
        self._seconds = seconds
        self.update()

    def sizeHint(self) -> QSize:
        edge = theme_of(self).px(self._edge_px)
        return QSize(edge, edge)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.px(14)
        edge = min(self.width(), self.height()) - line
        circle = QRectF((self.width() - edge) / 2, (self.height() - edge) / 2, edge, edge)
        painter.setPen(QPen(theme.colour("line"), line))
        painter.drawEllipse(circle)
        painter.setPen(QPen(theme.colour("pri"), line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(circle, _FULL_CIRCLE // 4, round(_FULL_CIRCLE * self._seconds / ASKING_S))
        painter.setFont(theme.number_font("title"))
        painter.setPen(theme.colour("ink"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(round(self._seconds)))
        painter.end()
