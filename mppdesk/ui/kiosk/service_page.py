"""The second question: the services of one agency, whose name stays in sight."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QVBoxLayout

from mppdesk.operations.readings import KioskAgency
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.faces import Face, Page, service_face, waiting_words
from mppdesk.ui.kiosk.page import Card, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, Grid
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.sign_box import SignBox
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.kiosk.tile_page import Measures, TilePage
from mppdesk.ui.kiosk.view_state import KioskState
from mppdesk.ui.shared.theme import theme_of

_MEASURES = Measures(Grid(2, 4), Grid(1, 8), least_width_px=400, least_height_px=80, tallest_px=128)
_ROW, _COLUMN = QVBoxLayout.Direction.LeftToRight, QVBoxLayout.Direction.TopToBottom
_CARD_PX, _CARD_NEEDS_PX = 250, 1150


class AgencyCard(Card):
    """Whose services these are, and how many wait."""

    def __init__(self) -> None:
        super().__init__("pri-t", "pri")
        self._sign = SignBox()
        self._short = Prose("head", 700)
        self._name = Prose("body", 500)
        self._waiting = Prose("body", 700)
        self._column = column = QVBoxLayout(self)
        column.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._short)
        column.addWidget(self._name)
        column.addStretch(1)
        column.addWidget(self._waiting)

    def show_agency(self, offered: KioskAgency, say: Say, *, is_upright: bool = False) -> None:
        """A column beside the services, or a row above them on an upright panel."""
        theme = theme_of(self)
        margin = theme.px(14 if is_upright else 22)
        self._column.setDirection(_ROW if is_upright else _COLUMN)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(theme.px(18 if is_upright else 8))
        self._sign.show_sign(offered.agency.icon)
        self._short.setText(offered.agency.short_name)
        self._name.setText(offered.agency.name if offered.agency.name != offered.agency.short_name else "")
        self._waiting.setText(say(offered.closed or waiting_words(offered.waiting)))


class ServicePage(TilePage):
    """Shows the step SERVICE; the card leaves where the tiles need its room."""

    def __init__(self) -> None:
        super().__init__(_MEASURES)
        self.card = AgencyCard()
        self.card.setParent(self)

    def faces(self, state: KioskState, places: int) -> tuple[Face, ...]:
        return tuple(map(service_face, state.agency.services)) if state.agency else ()

    def later_words(self) -> Text:
        return msg("Layanan lainnya")

    def counted_words(self, page: Page[Face]) -> Text:
        return msg(
            "Halaman {page} dari {pages} · {count} layanan", page=page.number + 1, pages=page.count, count=page.total
        )

    def place_beside(self, area: QRect, scene: Scene) -> QRect:
        state = scene.state
        theme, is_upright = theme_of(self), scene.panel.is_upright
        has_card = state.agency is not None and (is_upright or area.width() >= theme.px(_CARD_NEEDS_PX))
        self.card.setVisible(has_card)
        if not has_card or state.agency is None:
            return area
        self.card.show_agency(state.agency, scene.say, is_upright=is_upright)
        if is_upright:
            height = self.card.heightForWidth(area.width())
            self.card.setGeometry(area.left(), area.top(), area.width(), height)
            return area.adjusted(0, height + scene.panel.pixels(GAP_MM), 0, 0)
        width = max(theme.px(_CARD_PX), self.card.minimumSizeHint().width())
        self.card.setGeometry(area.left(), area.top(), width, area.height())
        return area.adjusted(width + scene.panel.pixels(GAP_MM), 0, 0, 0)
