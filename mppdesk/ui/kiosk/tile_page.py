"""A page of tiles with room for as many as fit; what does not fit is a page further on, nothing scrolls."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Face, Page, paged
from mppdesk.ui.kiosk.page import KioskPage, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM, Grid, Panel, grid
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.text_block import least_width
from mppdesk.ui.kiosk.tile import TileBoard, tile_height, tile_words
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.view_state import KioskState
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_BESIDE_WORDS_PX = 130
_MOST_LARGE, _LARGER = 6, 1.35  # tiles with large letters, and how much higher one may be (UI.md 4)


@dataclass(frozen=True, slots=True)
class Measures:
    """How many tiles a page has at most (`upright` on a panel that stands so), and how small and how tall one may be.

    In pixels of the drawings.
    """

    most: Grid
    upright: Grid
    least_width_px: int
    least_height_px: int
    tallest_px: int


class TilePage(KioskPage):
    """Lays its parts out by hand, since how many tiles there are depends on the room that is left."""

    def __init__(self, measures: Measures) -> None:
        super().__init__()
        self.board = TileBoard()
        self.earlier = WordButton(Act(ActKind.TURN_TO, "0"), "", "chevron-left")
        self.later = WordButton(Act(ActKind.TURN_TO, "1"), "", "chevron-right", is_after=True)
        self._measures = measures
        self._counted = Prose("body", 500, "ink2")
        self._pager = self._pager_row()
        self._scene: Scene | None = None
        self.board.setParent(self)
        self._pager.setParent(self)
        self.board.touched.connect(self.touched)

    def show_scene(self, scene: Scene) -> None:
        self._scene = scene
        self._show_page(self.place_beside(self.rect(), scene), scene)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._scene is not None:
            self.show_scene(self._scene)

    def place_beside(self, area: QRect, scene: Scene) -> QRect:
        """Put what stands beside the tiles into its place; answers the area that is left."""
        return area

    def faces(self, state: KioskState, places: int) -> tuple[Face, ...]:
        """All tiles, of which as many as have `places` are shown on one page."""
        raise NotImplementedError

    def later_words(self) -> Text:
        """What the button to the next page says."""
        raise NotImplementedError

    def counted_words(self, page: Page[Face]) -> Text:
        """Which page this is, and of how much."""
        raise NotImplementedError

    def _show_page(self, area: QRect, scene: Scene) -> None:
        fields, least_high = self._fields(area, scene)
        faces = self.faces(scene.state, fields.places)
        has_pager = len(faces) > fields.places
        if has_pager:
            area = self._above_pager(area, scene.panel)
            fields, least_high = self._fields(area, scene)
        self._pager.setVisible(has_pager)
        page = paged(faces, scene.state.page, fields.places)
        self._show_pager(page, scene)
        self.board.setGeometry(area)
        tallest = theme_of(self).px(self._measures.tallest_px * (_LARGER if scene.state.is_large else 1))
        self.board.show_faces(page.items, scene.say, fields, scene.panel.pixels(GAP_MM), max(least_high, tallest))

    def _fields(self, area: QRect, scene: Scene) -> tuple[Grid, int]:
        """So many that the longest words of any tile have room, whichever page it is on, and the height they need."""
        theme, gap = theme_of(self), scene.panel.pixels(GAP_MM)
        most = self._measures.upright if scene.panel.is_upright else self._measures.most
        faces = self.faces(scene.state, 0)
        blocks = [tile_words(face, scene.say) for face in faces]
        longest = max((least_width(theme, block) for block in blocks), default=0) + theme.px(_BESIDE_WORDS_PX)
        least_wide = max(longest, theme.px(self._measures.least_width_px))
        columns = grid(area.width(), 1, least_wide, 1, gap, most).columns
        columns = min(columns, _MOST_LARGE // 2) if scene.state.is_large else columns
        width = (area.width() - (columns - 1) * gap) // columns
        heights = [tile_height(theme, face, block, width) for face, block in zip(faces, blocks, strict=True)]
        least_high = max(0, *heights, theme.px(self._measures.least_height_px), scene.panel.pixels(TARGET_MM))
        rows = max(1, _MOST_LARGE // columns) if scene.state.is_large else most.rows
        return grid(area.width(), area.height(), width, least_high, gap, Grid(columns, rows)), least_high

    def _show_pager(self, page: Page[Face], scene: Scene) -> None:
        self._counted.setText(scene.say(self.counted_words(page)))
        for button, words, number in (
            (self.earlier, msg("Sebelumnya"), page.number - 1),
            (self.later, self.later_words(), page.number + 1),
        ):
            button.act = Act(ActKind.TURN_TO, str(number))
            button.show_word(scene.say(words))
            button.set_least_height(scene.panel.pixels(TARGET_MM))
            button.setVisible(0 <= number < page.count)

    def _above_pager(self, area: QRect, panel: Panel) -> QRect:
        height = self._pager_height(theme_of(self), panel)
        self._pager.setGeometry(area.left(), area.bottom() + 1 - height, area.width(), height)
        return area.adjusted(0, 0, 0, -height - panel.pixels(GAP_MM))

    def _pager_height(self, theme: Theme, panel: Panel) -> int:
        return max(panel.pixels(TARGET_MM), theme.px(60))

    def _pager_row(self) -> QWidget:
        row = QWidget()
        lay = QHBoxLayout(row)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(self._counted, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.earlier, self.later):
            lay.addWidget(button)
            self.wire(button)
        return row
