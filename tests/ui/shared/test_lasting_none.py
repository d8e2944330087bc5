"""A window may call Qt all day without wearing the interpreter out."""

import subprocess
import sys

_A_DAY_IN_SHORT = """
import mppdesk.ui
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(100_000):
    thing.setObjectName("loket")
print("still here")
"""


def test_a_hundred_thousand_calls_of_qt_do_not_end_the_program() -> None:
    ended = subprocess.run([sys.executable, "-c", _A_DAY_IN_SHORT], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "still here\n"), ended.stderr
