"""Questions stay on the screen whole, however long the names in them are and however large the letters."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mppdesk.texts import msg
from mppdesk.ui.shared.dialogs import Choice, Question
from mppdesk.ui.shared.theme import LIGHT, apply_theme

SHORT, LONG = "Loket 7", "Loket Pendaftaran Penduduk Lantai Dua 12"


@pytest.mark.parametrize(("name", "scale", "is_row"), [(SHORT, 1.0, True), (LONG, 2.0, False)])
def test_buttons_that_do_not_fit_side_by_side_stand_one_below_the_other(
    qtbot: QtBot, name: str, scale: float, is_row: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    apply_theme(window, LIGHT.scaled(scale))
    window.show()
    question = Question(
        window,
        msg("Hapus {name}?", name=name),
        msg("Tidak ada loket atau kiosk yang memakainya. Nama Anda dicatat."),
        [Choice("remove", msg("Hapus {name}", name=name))],
        Choice("leave", msg("Biarkan {name}", name=name)),
    )
    question.open()
    qtbot.waitExposed(question)
    remove, leave = question.button("remove"), question.button("leave")
    assert (abs(remove.geometry().center().y() - leave.geometry().center().y()) < remove.height() / 2) == is_row
    if not is_row:
        assert remove.y() < leave.y()
    assert question.height() >= question.heightForWidth(question.width())
    assert remove.height() >= remove.sizeHint().height()
