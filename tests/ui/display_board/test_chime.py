"""The chime: what it sounds like, and that it never keeps the board waiting."""

import logging
import struct
import sys
import wave
from pathlib import Path

import pytest

from mppdesk.config import resource
from mppdesk.ui.display_board.chime import PlayerChime, Silence, chime_here
from tests.ui.display_board.make_chime import RATE_HZ, SECONDS, samples

SOUND = resource("sounds/chime.wav")
ENDS_BADLY = (sys.executable, "-c", "raise SystemExit(1)")


def writing(folder: Path) -> tuple[str, ...]:
    """A player that leaves one file for each time it was started."""
    return (sys.executable, "-c", f"import tempfile; tempfile.mkstemp(dir={str(folder)!r})")


def ring_and_wait(chime: PlayerChime) -> None:
    chime.ring()
    if chime.playing is not None:
        chime.playing.wait(20)


def test_the_file_is_what_its_script_makes() -> None:
    with wave.open(str(SOUND), "rb") as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, RATE_HZ)
        frames = reader.readframes(reader.getnframes())
    kept = struct.unpack(f"<{len(frames) // 2}h", frames)

    assert len(kept) == round(RATE_HZ * SECONDS)
    # Sines may differ in their last bit between processors.
    assert max(abs(one - other) for one, other in zip(kept, samples(), strict=True)) <= 1


def test_it_is_loud_enough_and_never_distorted() -> None:
    loudest = max(abs(sample) for sample in samples())

    assert 8_000 < loudest < 32_767
    assert abs(samples()[0]) < 10
    assert abs(samples()[-1]) < 10


def test_it_is_played_once_for_each_ring(tmp_path: Path) -> None:
    chime = PlayerChime(SOUND, (writing(tmp_path),))
    for _ in range(2):
        ring_and_wait(chime)

    assert len(list(tmp_path.iterdir())) == 2


def test_one_at_a_time() -> None:
    plays_for_ever = (sys.executable, "-c", "import threading; threading.Event().wait()")
    chime = PlayerChime(SOUND, (plays_for_ever,))
    chime.ring()
    first = chime.playing
    assert first is not None

    chime.ring()

    assert chime.playing is first
    first.kill()
    first.wait(20)


def test_a_player_that_fails_gives_way_to_the_next(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    chime = PlayerChime(SOUND, (("no-such-player",), ENDS_BADLY, writing(tmp_path)))
    for _ in range(3):
        ring_and_wait(chime)

    assert len(list(tmp_path.iterdir())) == 1
    assert len(caplog.records) == 2


def test_without_any_player_left_it_is_silent() -> None:
    chime = PlayerChime(SOUND, (ENDS_BADLY,))
    for _ in range(3):
        ring_and_wait(chime)

    assert chime.playing is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_a_computer_without_players_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert isinstance(chime_here(), Silence)
