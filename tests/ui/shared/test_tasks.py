"""Work runs elsewhere, its result arrives on the GUI thread, and a bug is told in one calm sentence."""

import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mppdesk.domain.errors import BadInput, ClerkError
from mppdesk.texts import msg
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import ProgramBug, Tasks


class _Heard:
    """What came back, and in which thread."""

    def __init__(self) -> None:
        self.results: list[Any] = []
        self.errors: list[ClerkError] = []
        self.threads: set[QThread] = set()

    def done(self, result: Any) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())

    def error(self, error: ClerkError) -> None:
        self.errors.append(error)
        self.threads.add(QThread.currentThread())


def _number_and_thread(number: int) -> tuple[int, int]:
    return number, threading.get_ident()


def _fail() -> None:
    raise RuntimeError("a bug")


def test_database_work_is_done_in_order_by_one_other_thread(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), _Heard()
    for number in range(20):
        tasks.run(partial(_number_and_thread, number), heard.done, heard.error)

    assert heard.results == []  # nothing is handed back before the GUI thread listens
    qtbot.waitUntil(lambda: tasks.running == 0)
    tasks.close()

    (worker,) = {thread for _, thread in heard.results}
    assert [number for number, _ in heard.results] == list(range(20))
    assert worker != threading.get_ident()
    assert heard.threads == {QThread.currentThread()}


def test_other_work_does_not_wait_for_the_database(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), _Heard()
    may_go_on = threading.Event()
    tasks.run(may_go_on.wait, heard.done, heard.error)
    tasks.run_beside(lambda: "drawn", heard.done, heard.error)

    qtbot.waitUntil(lambda: heard.results == ["drawn"])
    may_go_on.set()
    qtbot.waitUntil(lambda: tasks.running == 0)
    tasks.close()


def test_what_was_foreseen_comes_back_as_it_is(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), _Heard()
    foreseen = BadInput(msg("Tidak ketemu: B-09."), msg("Periksa nomor."))

    def refuse() -> None:
        raise foreseen

    tasks.run(refuse, heard.done, heard.error)
    qtbot.waitUntil(lambda: tasks.running == 0)
    tasks.close()

    assert heard.errors == [foreseen]
    assert heard.results == []


@pytest.mark.expects_log("bug 7F3A")
def test_a_bug_is_logged_with_its_trace_and_shown_with_its_code(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    tasks, heard = Tasks(code=lambda: "7F3A"), _Heard()
    tasks.run(_fail, heard.done, heard.error)
    qtbot.waitUntil(lambda: tasks.running == 0)
    tasks.close()

    (bug,) = heard.errors
    assert isinstance(bug, ProgramBug)
    assert "7F3A" in str(bug.what_to_do)
    assert "RuntimeError: a bug" in caplog.text


def test_after_closing_nothing_is_handed_back(qtbot: QtBot) -> None:
    tasks, heard = Tasks(), _Heard()
    tasks.run(lambda: "too late", heard.done, heard.error)
    tasks.close()
    qtbot.wait(1)

    assert heard.results == []


@pytest.mark.expects_log("bug 0001")
def test_the_inline_kind_behaves_alike_without_threads() -> None:
    tasks, heard = Tasks.inline(code=lambda: "0001"), _Heard()
    tasks.run(lambda: 1, heard.done, heard.error)
    tasks.run_beside(_fail, heard.done, heard.error)

    assert heard.results == [1]
    assert [type(error) for error in heard.errors] == [ProgramBug]


def test_changes_told_by_another_thread_are_heard_on_the_gui_thread(qtbot: QtBot) -> None:
    changes = Changes()
    heard: list[tuple[frozenset[str], QThread]] = []
    changes.changed.connect(lambda topics: heard.append((topics, QThread.currentThread())))
    teller = threading.Thread(target=changes.tell, args=(frozenset({"tickets"}),))
    teller.start()
    teller.join()
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [(frozenset({"tickets"}), QThread.currentThread())]


class _Shows(QLineEdit):
    def show_result(self, result: str) -> None:
        self.setText(result)


def test_what_was_asked_for_a_window_that_is_closed_shows_nothing(qtbot: QtBot) -> None:
    tasks, heard, window = Tasks(), _Heard(), _Shows()
    tasks.run(lambda: "late", window.show_result, heard.error)
    delete(window)

    qtbot.waitUntil(lambda: tasks.running == 0)
    tasks.close()

    assert heard.errors == []
