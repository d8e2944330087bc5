"""A PC gets its own office through the windows: made whole with the administrator's PIN, or brought back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.app.first_start import is_set_up
from mppdesk.app.new_office import NewOfficePort
from mppdesk.config import resource
from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.domain.errors import NotAllowed, StorageTrouble
from mppdesk.ui.shared.qr_view import qr_picture
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.sign_in.restore_window import RestoreWindow
from mppdesk.ui.sign_in.set_up_window import SetUpWindow

PIN = "314159"
WAIT_MS = 20_000
SITE, CATALOG = resource("sample/site.yaml"), resource("sample/catalog")


def made_by_keyboard(home: Path, qtbot: QtBot) -> SetUpWindow:
    """Type both places, check, type the PIN twice, set up."""
    window = SetUpWindow(NewOfficePort(home, SecretPlace.FILE), Tasks.inline())
    qtbot.addWidget(window)
    window.show()
    QTest.keyClicks(window.site.field, str(SITE))
    QTest.keyClicks(window.catalog.field, str(CATALOG))
    QTest.keyClick(window.catalog.field, Qt.Key.Key_Return)
    assert window.state.is_checked
    assert not home.exists()
    for field in (window.pin, window.pin_again):
        QTest.keyClicks(field, PIN)
    QTest.keyClick(window.pin_again, Qt.Key.Key_Return)
    return window


def test_an_office_is_made_restored_and_its_sheet_must_be_kept(tmp_path: Path, qtbot: QtBot) -> None:
    home, again = tmp_path / "home", tmp_path / "again"
    window = made_by_keyboard(home, qtbot)
    assert is_set_up(home)
    assert not list(tmp_path.glob("*.unfinished"))

    ready: list[bool] = []
    window.ready.connect(lambda: ready.append(True))
    window.press()
    window.close()
    assert ready == []
    assert window.isVisible()
    QTest.keyClick(window.sheet.kept_box, Qt.Key.Key_Space)
    QTest.keyClick(window.sheet.kept_box, Qt.Key.Key_Return)
    assert ready == [True]

    code = window.sheet.code.text()
    assert window.sheet.qr.token == code
    on_paper = window.sheet.document()
    assert code in on_paper.toPlainText()
    assert pictures_in(on_paper) == [qr_picture(code)]
    assert on_paper.defaultFont().pointSizeF() >= 10, "a size in pixels is not readable on paper"
    backup = tmp_path / "backup"
    with homes.reading(home) as opened:
        require_pin(opened)
        write_backup(opened.database, home, opened.file.home_id, backup, SystemClock().now())

    restoring = RestoreWindow(NewOfficePort(again, SecretPlace.FILE), Tasks.inline())
    qtbot.addWidget(restoring)
    restoring.show()
    QTest.keyClicks(restoring.backup.field, str(backup))
    QTest.keyClicks(restoring.code, "0" * 32)
    QTest.keyClick(restoring.code, Qt.Key.Key_Return)
    assert "bukan untuk cadangan ini" in restoring.sentence.words
    assert not is_set_up(again)
    restoring.code.selectAll()
    QTest.keyClicks(restoring.code, window.sheet.qr.token)
    QTest.keyClick(restoring.again_today, Qt.Key.Key_Space)
    QTest.keyClick(restoring.code, Qt.Key.Key_Return)
    assert restoring.sentence.words.startswith("Pulih")
    assert "dilanjutkan dari 600." not in restoring.sentence.words, "another computer has the standby block today"
    assert is_set_up(again)


def pictures_in(document: QTextDocument) -> list[QImage]:
    """Every picture that is printed beside the words."""
    formats = (each.toImageFormat() for each in document.allFormats() if each.isImageFormat())
    return [document.resource(QTextDocument.ResourceType.ImageResource, QUrl(each.name())) for each in formats]


def require_pin(opened: homes.OpenHome) -> None:
    """The administrator's PIN is the one that was typed, and no other."""
    readers = StoredReaders(opened.database, opened.site_id, opened.reference, SystemClock())
    administrator = opened.setting("administrator") or ""
    with readers.moment() as moment:
        assert len(moment.reference.catalog.services) > 100
        assert "administrator" in moment.reference.users[administrator].roles
    with homes.writing(opened.path, SystemClock(), RandomIds()) as writing:
        pins = PinCheck(writing.database, writing.secrets.pepper)
        pins.check(administrator, PIN, 0)
        with pytest.raises(NotAllowed):
            pins.check(administrator, "000000", 0)


def test_every_problem_is_told_with_its_place_and_nothing_is_written(tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "site.yaml"
    broken.write_text("schema_version: 1\nname: MPP\nzone: Asia/Nowhere\ncounters: []\nusers: []\n", encoding="utf-8")
    window = SetUpWindow(NewOfficePort(tmp_path / "home", SecretPlace.FILE), Tasks.inline())
    qtbot.addWidget(window)
    window.site.take(str(broken))
    window.catalog.take(str(tmp_path / "nowhere"))
    window.press()
    assert any(line.startswith("site.yaml, zone: ") for line in window.problems())
    assert any(line.startswith("nowhere") for line in window.problems())
    assert "Belum ada yang ditulis" in window.sentence.words
    assert not (tmp_path / "home").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageTrouble):
        NewOfficePort(tmp_path, SecretPlace.FILE).make(SITE, CATALOG, PIN)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
