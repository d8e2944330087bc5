"""Messages as values: the approved Indonesian sentence and what fills its places.

A text stays a value until a window, a slip or a terminal shows it, since the kiosk may speak English beside an
Indonesian counter. The Indonesian source is the key of the translation (`resources/texts/en.po`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Text:
    """A whole sentence with named places; `str()` gives it in Indonesian."""

    source: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return render(self)

    def __hash__(self) -> int:
        return hash((self.source, tuple(sorted((name, str(value)) for name, value in self.values.items()))))


def msg(source: str, **values: object) -> Text:
    """Make a text; `{name}` in the sentence is filled by the keyword of that name."""
    return Text(source, values)


def places(source: str) -> frozenset[str]:
    """Name the places of a sentence, so that a translation can be checked to have the same ones."""
    return frozenset(name for _, name, _, _ in Formatter().parse(source) if name)


def render(text: Text, translate: Translate | None = None, worded: Callable[[object], str] = str) -> str:
    """Fill the sentence, translated when a translation is given; texts inside texts are rendered the same way.

    `worded` gives each other value its words, such as the key for an act.
    """
    source = translate(text.source) if translate else text.source
    values = {
        name: render(value, translate, worded) if isinstance(value, Text) else worded(value)
        for name, value in text.values.items()
    }
    return source.format_map(values)
