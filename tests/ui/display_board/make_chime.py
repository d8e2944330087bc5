"""Makes the chime of the board out of sines, so that nobody has to ask whose recording it is.

`python -m tests.ui.display_board.make_chime` writes `resources/sounds/chime.wav` anew.
"""

import io
import math
import struct
import wave

from mppdesk.config import resource

RATE_HZ = 22_050
SECONDS = 1.6
_TONES = ((659.26, 0.0), (523.25, 0.55))  # e'' then c'': a falling third, as a door bell has it
_OVERTONES = ((1.0, 1.0), (2.0, 0.28), (3.0, 0.09))  # times the frequency, share of the loudness
_LOUDNESS = 0.42
_ATTACK_S, _DECAY_S = 0.008, 0.42
_FULL = 32_767


def samples() -> list[int]:
    """The chime as numbers of 16 bits; it begins and ends in silence."""
    return [round(_FULL * _LOUDNESS * _at(number / RATE_HZ)) for number in range(round(RATE_HZ * SECONDS))]


def chime_wav() -> bytes:
    """The chime as a WAV file, mono."""
    numbers = samples()
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(RATE_HZ)
        writer.writeframes(struct.pack(f"<{len(numbers)}h", *numbers))
    return file.getvalue()


def _at(moment_s: float) -> float:
    fade = min(1.0, (SECONDS - moment_s) / 0.1)
    return fade * sum(_tone(hertz, moment_s - start_s) for hertz, start_s in _TONES if moment_s >= start_s)


def _tone(hertz: float, age_s: float) -> float:
    """A struck bar: it sounds at once and dies away."""
    loudness = min(1.0, age_s / _ATTACK_S) * math.exp(-age_s / _DECAY_S)
    return loudness * sum(share * math.sin(math.tau * hertz * times * age_s) for times, share in _OVERTONES) / 1.37


if __name__ == "__main__":
    (resource("sounds") / "chime.wav").write_bytes(chime_wav())
