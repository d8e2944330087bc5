"""The two tones before a call, played by what the computer has of its own; a computer that cannot stays silent."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Protocol

from mppdesk.config import resource

_log = logging.getLogger(__name__)
_PLAYERS = (("paplay",), ("aplay", "-q"))  # PulseAudio and PipeWire; bare ALSA


class Chime(Protocol):
    """What the board rings when a call is new."""

    def ring(self) -> None:
        """Sound once and return at once; nothing while it still sounds."""


class Silence:
    """A board without a loudspeaker."""

    def ring(self) -> None:
        """Nothing is heard."""


class PlayerChime:
    """Rings by a small program, the last one in `playing`.

    One that fails, as where no sound server runs, gives way to the next.
    """

    def __init__(self, sound: Path, players: tuple[tuple[str, ...], ...]) -> None:
        self._sound, self._players = sound, players
        self.playing: subprocess.Popen[bytes] | None = None

    def ring(self) -> None:
        if self.playing is not None and self._is_busy_or_failed(self.playing):
            return
        self.playing = self._start() if self._players else None

    def _is_busy_or_failed(self, playing: subprocess.Popen[bytes]) -> bool:
        """Whether to leave it; a player that ended badly is not asked again."""
        ended = playing.poll()
        if ended:
            _log.info("%s cannot play here (%d)", self._players[0][0], ended)
            self._players = self._players[1:]
        return ended is None

    def _start(self) -> subprocess.Popen[bytes] | None:
        quiet = subprocess.DEVNULL
        try:
            return subprocess.Popen([*self._players[0], str(self._sound)], stdin=quiet, stdout=quiet, stderr=quiet)
        except OSError as error:
            _log.info("%s cannot be started: %s", self._players[0][0], error.strerror)
            self._players = self._players[1:]
            return None


if sys.platform == "win32":
    import winsound

    class WindowsChime:
        """Rings by Windows itself."""

        def __init__(self, sound: Path) -> None:
            self._sound = str(sound)

        def ring(self) -> None:
            how = winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT | winsound.SND_NOSTOP
            try:
                winsound.PlaySound(self._sound, how)
            except RuntimeError:  # still sounding, or no loudspeaker: both are no reason to trouble anyone
                _log.info("the chime was not played")


def chime_here() -> Chime:
    """The chime of this computer."""
    sound = resource("sounds/chime.wav")
    if sys.platform == "win32":
        return WindowsChime(sound)
    players = tuple(player for player in _PLAYERS if shutil.which(player[0]))
    return PlayerChime(sound, players) if players else Silence()
