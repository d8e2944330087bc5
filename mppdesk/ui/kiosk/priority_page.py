"""The fourth step: who needs to go first says so here, everybody else takes the number."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.conditions import fee_sentence
from mppdesk.domain.working_time import span_text
from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import PRIORITY_FACES, Face, Look
from mppdesk.ui.kiosk.page import Card, KioskPage, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, MAIN_MM, Grid
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.sign_box import SignBox
from mppdesk.ui.kiosk.tile import TileBoard, tile_height, tile_words
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.words import no_proof, take_number
from mppdesk.ui.shared.theme import theme_of

_TALL, _WIDE = Grid(2, 3), Grid(3, 2)
_TALLEST_PX = 150
_TOP = Qt.AlignmentFlag.AlignTop


class PriorityPage(KioskPage):
    """Five groups at the left, the service and the one filled button at the right, or above and below."""

    def __init__(self) -> None:
        super().__init__()
        self._is_upright = False
        self.board = TileBoard(spans_last=True)
        self.main = WordButton(Act(ActKind.TAKE_TICKET), "", "ticket", Look.MAIN, "head")
        self._first = Prose("head", 700)
        self._no_proof = Prose("body", 500, "ink2")
        self._others = Prose("head", 700)
        self._sign = SignBox("building", "pri-t", "pri", 64)
        self._service = Prose("body", 700)
        self._terms = Prose("small", 500, "ink2")
        self._scene: Scene | None = None
        self._lay_out()
        self.board.touched.connect(self.touched)
        self.wire(self.main)

    def show_scene(self, scene: Scene) -> None:
        self._scene = scene
        self._show_service(scene)
        self._first.setText(scene.say(msg("Perlu didahulukan? Sentuh salah satu:")))
        self._no_proof.setText(scene.say(no_proof(scene.state)))
        self._no_proof.setVisible(not scene.panel.is_upright)  # there it stands below the title
        self._others.setText(scene.say(msg("Tidak perlu didahulukan:")))
        self.main.show_word(scene.say(take_number(scene.state)))
        self._fit(scene)
        self._show_groups(scene)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scene is not None:
            self._show_groups(self._scene)

    def _show_service(self, scene: Scene) -> None:
        agency, offered = scene.state.agency, scene.state.service
        if agency is None or offered is None:
            return
        service = offered.service
        self._sign.show_sign(agency.agency.icon)
        self._service.setText(service.everyday_name or service.name)
        terms = msg(
            "{agency} · {fee} · {time}",
            agency=agency.agency.short_name, fee=fee_sentence(service.fee), time=span_text(service.duration),
        )  # fmt: skip
        self._terms.setText(scene.say(terms))

    def _show_groups(self, scene: Scene) -> None:
        """Two columns where three rows have room, as always on an upright panel, else three columns."""
        theme, gap = theme_of(self), scene.panel.pixels(GAP_MM)
        faces = _faces(has_staff_call=scene.state.settings.has_staff_call)
        width = (self.board.width() - gap) // 2
        needed = max(tile_height(theme, face, tile_words(face, scene.say), width) for face in faces)
        is_tall = scene.panel.is_upright or 3 * needed + 2 * gap <= self.board.height()
        fields = _TALL if is_tall else _WIDE
        self.board.show_faces(faces, scene.say, fields, gap, theme.px(_TALLEST_PX))

    def _fit(self, scene: Scene) -> None:
        theme, gap = theme_of(self), scene.panel.pixels(GAP_MM)
        self.main.set_least_height(max(scene.panel.pixels(MAIN_MM), theme.px(130)))
        if scene.panel.is_upright != self._is_upright:
            self._is_upright = scene.panel.is_upright
            self._place()
        self._places.setSpacing(theme.px(24))
        self._left.setSpacing(theme.px(10))
        for column in (self._top, self._bottom):
            column.setSpacing(gap)
        self._summary.setContentsMargins(*[theme.px(20)] * 4)
        self._summary.setSpacing(theme.px(14))

    def _lay_out(self) -> None:
        self._above, self._groups, self._below = QWidget(), QWidget(), QWidget()
        self._top = _column(self._above, self._summary_card(), self._no_proof)
        self._left = _column(self._groups, self._first, self.board)
        self._left.setStretch(1, 1)
        self._bottom = _column(self._below, self._others, self.main)
        self._places = QGridLayout(self)
        self._places.setContentsMargins(0, 0, 0, 0)
        self._place()

    def _place(self) -> None:
        """The groups at the left of the other two, or between them on an upright panel."""
        groups, column = ((1, 0, 1, 1), 0) if self._is_upright else ((0, 0, 3, 1), 1)
        self._places.addWidget(self._above, 0, column, _TOP)
        self._places.addWidget(self._groups, *groups)
        self._places.addWidget(self._below, 2, column)
        self._places.setRowStretch(1, 1)
        self._places.setColumnStretch(0, 2)
        self._places.setColumnStretch(1, 0 if self._is_upright else 1)

    def _summary_card(self) -> QWidget:
        card = Card()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._service)
        words.addWidget(self._terms)
        self._summary = QHBoxLayout(card)
        self._summary.addWidget(self._sign)
        self._summary.addLayout(words, 1)
        return card


def _column(whole: QWidget, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        column.addWidget(part)
    return column


def _faces(*, has_staff_call: bool) -> tuple[Face, ...]:
    """Help in an emergency is promised only where the call is heard."""
    if not has_staff_call:
        return PRIORITY_FACES
    *others, emergency = PRIORITY_FACES
    return (*others, replace(emergency, words=msg("petugas datang")))
