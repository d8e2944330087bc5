"""The first question: the most used agencies, or all of them with the letters they begin with."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Face, Look, Page, all_faces, home_faces, letters
from mppdesk.ui.kiosk.page import Scene
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM, Grid
from mppdesk.ui.kiosk.tile_page import Measures, TilePage
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.view_state import KioskState, Step

_MEASURES = Measures(Grid(4, 3), Grid(2, 6), least_width_px=290, least_height_px=116, tallest_px=190)


class AgencyPage(TilePage):
    """Shows the step AGENCY, and ALL_AGENCIES with a row of letters above the tiles."""

    def __init__(self) -> None:
        super().__init__(_MEASURES)
        self.letter_keys: list[WordButton] = []
        self._offered: tuple[str, ...] = ()

    def faces(self, state: KioskState, places: int) -> tuple[Face, ...]:
        if state.step is Step.ALL_AGENCIES:
            return all_faces(state)
        agencies = state.screen.agencies if state.screen else ()
        return home_faces(agencies, places or len(agencies))

    def later_words(self) -> Text:
        return msg("Instansi berikutnya")

    def counted_words(self, page: Page[Face]) -> Text:
        return msg(
            "Halaman {page} dari {pages} · {count} instansi", page=page.number + 1, pages=page.count, count=page.total
        )

    def place_beside(self, area: QRect, scene: Scene) -> QRect:
        state = scene.state
        is_by_letter = state.step is Step.ALL_AGENCIES
        if is_by_letter:
            self._offer(letters(state.screen.agencies if state.screen else ()))
        for key in self.letter_keys:
            key.setVisible(is_by_letter)
        if not is_by_letter:
            return area
        return self._place_letters(area, scene)

    def _place_letters(self, area: QRect, scene: Scene) -> QRect:
        """Keys in a row, wrapped where it ends."""
        edge, gap = scene.panel.pixels(TARGET_MM), scene.panel.pixels(GAP_MM)
        left, top = area.left(), area.top()
        for key in self.letter_keys:
            key.look = Look.TINTED if key.act.value == (scene.state.letter or "") else Look.PLAIN
            key.show_word(key.act.value or scene.say(msg("Semua")))
            key.set_least_height(edge)
            width = max(edge, key.sizeHint().width())
            if left > area.left() and left + width > area.right():
                left, top = area.left(), top + edge + gap
            key.setGeometry(left, top, width, edge)
            left += width + gap
        return area.adjusted(0, top + edge + gap - area.top(), 0, 0)

    def _offer(self, offered: Sequence[str]) -> None:
        if tuple(offered) == self._offered:
            return
        self._offered = tuple(offered)
        for key in self.letter_keys:
            key.hide()
            key.deleteLater()
        self.letter_keys = [self._key(letter) for letter in ("", *offered)]
        for before, key in zip([*self.letter_keys[1:], self.board], self.letter_keys, strict=True):
            QWidget.setTabOrder(key, before)

    def _key(self, letter: str) -> WordButton:
        key = WordButton(Act(ActKind.CHOOSE_LETTER, letter), letter, look=Look.PLAIN, role="head")
        key.setParent(self)
        self.wire(key)
        return key
