"""At the end of a program its windows go first, whoever still holds them."""

import subprocess
import sys

# Python calls at its end what was registered last first, so this one looks after the program's own function.
_PROGRAM = """
import atexit

from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mppdesk.ui.shared.application import application

atexit.register(lambda: print([type(each).__name__ for each in QApplication.topLevelWidgets()]))
application()
window = QWidget()
window.itself = window
label = QLabel("B-001", window)
window.show()
window.close()
"""


def test_no_window_is_left_to_the_interpreters_own_end() -> None:
    ended = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (0, "[]\n"), ended.stderr
