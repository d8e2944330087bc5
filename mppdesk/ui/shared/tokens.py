"""The design tokens of `resources/styles/tokens.toml` as typed values, without any Qt."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mppdesk.config import resource


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#RRGGBB` by palette and name; every distance and letter size in pixels at 96 dpi."""

    colours: Mapping[str, Mapping[str, str]]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    line: Mapping[str, float]
    letters: Mapping[str, Mapping[str, int]]


@cache
def tokens() -> Tokens:
    """Read the tokens once.

    Raises:
        FileNotFoundError: the program was copied without its resources.
        tomllib.TOMLDecodeError, KeyError: the file was damaged.
    """
    read = tomllib.loads(resource("styles/tokens.toml").read_text("utf-8"))
    return Tokens(read["colours"], read["space"], read["radius"], read["line"], read["type"])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
