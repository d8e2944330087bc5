"""A PC without data asks how to begin, and makes nothing before the answer."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from mppdesk.app.first_start import ask_how_to_begin, is_set_up
from mppdesk.ui.sign_in.first_start import Beginning, FirstStartWindow
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home


def window() -> FirstStartWindow:
    """The one in sight; one of a test before may still be waiting for its end."""
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, FirstStartWindow))
    return next(each for each in windows if each.isVisible())


def test_the_sample_office_is_one_button_away(qapp: QApplication) -> None:
    QTimer.singleShot(0, lambda: window().button(Beginning.SAMPLE).click())
    assert ask_how_to_begin() is Beginning.SAMPLE


def window_names(buttons: list[QPushButton]) -> set[str]:
    return {button.accessibleName() for button in buttons}


def test_every_way_can_be_pressed(qapp: QApplication) -> None:
    pressable: list[QPushButton] = []

    def look() -> None:
        pressable.extend(each for each in window().findChildren(QPushButton) if each.isEnabled())
        window().close()

    QTimer.singleShot(0, look)
    assert ask_how_to_begin() is None
    assert window_names(pressable) == {
        "Coba dengan data contoh",
        "Pasang untuk satu komputer",
        "Pulihkan dari cadangan",
        "Hubungkan ke hub",
    }


def test_only_a_folder_with_an_office_is_set_up(tmp_path: Path) -> None:
    assert not is_set_up(tmp_path / "home")
    make_home(tmp_path / "home", FakeClock(), CountedIds())
    assert is_set_up(tmp_path / "home")
