"""Takes pictures of sign-in and of the first windows in telling states, to be looked at beside the drawings.

`python -m tests.ui.sign_in.pictures FOLDER` writes them all.
"""

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.invitation import Invitation
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, apply_theme
from mppdesk.ui.sign_in.first_start import FirstStartWindow
from mppdesk.ui.sign_in.join_window import JoinWindow
from mppdesk.ui.sign_in.restore_window import RestoreWindow
from mppdesk.ui.sign_in.set_up_state import CheckedFiles, KeepSheet, ProblemLine
from mppdesk.ui.sign_in.set_up_window import SetUpWindow
from mppdesk.ui.sign_in.window import SignInWindow
from tests.ui.sign_in.fake_hub import MARK, FakeHub
from tests.ui.sign_in.test_window import FakeDoor

SIZES = ((1366, 768), (1920, 1080))
PIN = "271828"
_PROBLEMS = (
    ProblemLine("site.yaml", "counters[2].agency", msg("Instansi DPMPTS tidak ada di katalog."), is_error=True),
    ProblemLine("DUKCAPIL.yaml", "", msg("Jumlah waktu tahap melebihi jangka waktu layanan."), is_error=False),
)
_SHEET = KeepSheet(
    "MPP Kabupaten Sukamaju",
    "K1T2-K3T4-K5T6-K7T8-K1T2-K3T4-K5T6-K7T8",
    (("dewi", "271828"), ("ratna", "314159"), ("raka", "161803")),
)
_INVITATION = Invitation("https://192.168.1.10:8731", "226918", MARK).line


class FakeSetUp:
    """Two files with these problems, and an office that is made at once."""

    def __init__(self, *problems: ProblemLine) -> None:
        self._problems = problems

    def check(self, site_file: Path, catalog: Path) -> CheckedFiles:
        return CheckedFiles("MPP Kabupaten Sukamaju", 12, 18, 162, "admin", self._problems)

    def make(self, site_file: Path, catalog: Path, pin: str) -> KeepSheet:
        return _SHEET

    def restore(self, backup: Path, code: str, *, again_today: bool) -> Text:
        raise Refused(
            msg("Kode ini bukan untuk cadangan ini. Tidak ada yang ditulis."), msg("Periksa lembar pemulihannya.")
        )


def signing_in() -> QWidget:
    window = SignInWindow(FakeDoor(), Tasks.inline(), lambda: datetime(2026, 11, 23, 7, 26, tzinfo=UTC))
    window.begin()
    return window


def refused() -> QWidget:
    window = signing_in()
    assert isinstance(window, SignInWindow)
    window.pin_field.insert("111111")
    window.pin_field.textEdited.emit("111111")
    window.enter()
    return window


def set_up(*problems: ProblemLine) -> SetUpWindow:
    """Both places typed and checked."""
    window = SetUpWindow(FakeSetUp(*problems), Tasks.inline())
    window.site.field.insert("D:/mpp/site.yaml")
    window.catalog.field.insert("D:/mpp/katalog")
    window.site.changed.emit()
    window.press()
    return window


def made() -> QWidget:
    window = set_up()
    for field in (window.pin, window.pin_again):
        field.insert(PIN)
    window.pin_again.textEdited.emit(PIN)
    window.press()
    return window


def restoring() -> QWidget:
    window = RestoreWindow(FakeSetUp(), Tasks.inline())
    window.backup.field.insert("D:/mpp/cadangan-2026-11-22.mppbackup")
    window.code.insert(_SHEET.code)
    window.code.textEdited.emit(_SHEET.code)
    window.again_today.click()
    window.press()
    return window


def joining(line: str = "", *, refused: bool = False, presses: int = 0) -> QWidget:
    trouble = NotAllowed(
        msg("Kode ini sudah lewat waktu. Tidak ada yang berubah."),
        msg("Minta kode baru di komputer hub: Administrasi, Gedung (mppdesk hub enrol)."),
    )
    window = JoinWindow(FakeHub(refusal=trouble if refused else None), Tasks.inline())
    window.line.insert(line)
    for _ in range(presses):
        window.press()
    return window


SCENES: dict[str, Callable[[], QWidget]] = {
    "sign-in": signing_in,
    "refused": refused,
    "set-up": lambda: SetUpWindow(FakeSetUp(), Tasks.inline()),
    "set-up-problems": lambda: set_up(*_PROBLEMS),
    "set-up-checked": set_up,
    "set-up-made": made,
    "restoring": restoring,
    "first-start": FirstStartWindow,
    "join": joining,
    "join-compare": lambda: joining("192.168.1.10:8731 226918", presses=1),
    "join-refused": lambda: joining(_INVITATION, refused=True, presses=1),
    "joined": lambda: joining(_INVITATION, presses=1),
}


def take_all(folder: Path) -> None:
    """Write a picture of every scene in both looks and sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, theme in (("light", LIGHT), ("dark", DARK)):
        apply_theme(application(), theme)
        for name, scene in SCENES.items():
            window = scene()
            window.show()
            for size in SIZES:
                window.resize(*size)
                QApplication.processEvents()
                grab(window, folder / f"{name}-{look}-{size[0]}x{size[1]}.png", size)
            window.hide()
            window.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    take_all(Path(sys.argv[1]))
