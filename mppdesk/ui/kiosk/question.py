"""What stands above every page: which step this is, the question, and on an upright panel what helps to answer it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.ui.kiosk import words
from mppdesk.ui.kiosk.page import Scene
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.step_bar import StepBar
from mppdesk.ui.shared.theme import theme_of

_UPWARD, _ASIDE = QHBoxLayout.Direction.BottomToTop, QHBoxLayout.Direction.LeftToRight
_TOP, _ALL_OF_IT = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag(0)
_LEAST_HEIGHT_PX = 48


class Question(QWidget):
    """The steps beside the question, above it on an upright panel."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.subtitle, self.steps = Prose("title", 700), Prose("body", 500, "ink2"), StepBar()
        self._words = QVBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.subtitle)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._words, 1)
        self._row.addWidget(self.steps)

    def show_scene(self, scene: Scene, *, is_asked: bool) -> None:
        """Put the question of a state; a page that only says something has none."""
        self.title.setText(scene.say(words.title(scene.state)))
        self.steps.show_step(scene.state.step, scene.say)
        subtitle = words.subtitle(scene.state) if scene.panel.is_upright else None
        self.subtitle.setText(scene.say(subtitle) if subtitle else "")
        self.title.setVisible(is_asked)
        self.steps.setVisible(is_asked)
        self.subtitle.setVisible(is_asked and subtitle is not None)

    def fit(self, upright_height: int | None) -> None:
        """Take the sizes of the theme; on an upright panel fill the height where no hand reaches, None elsewhere."""
        theme, is_upright = theme_of(self), upright_height is not None
        self.setMinimumHeight(upright_height if upright_height is not None else theme.px(_LEAST_HEIGHT_PX))
        self._row.setSpacing(theme.px(24))
        self._words.setSpacing(theme.px(4))
        self._row.setDirection(_UPWARD if is_upright else _ASIDE)
        self._row.setAlignment(self._words, _TOP if is_upright else _ALL_OF_IT)
        self.steps.is_at_left = is_upright
