"""What tests of the program around the windows stand on: closed windows are gone before the next test's threads run."""

from tests.ui.conftest import windows_put_away

__all__ = ["windows_put_away"]
