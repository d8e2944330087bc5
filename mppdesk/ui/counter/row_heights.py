"""How high the rows of a list are, kept while they are likely to be asked again: a view asks at every repaint."""

from collections.abc import Callable, Hashable

_LOOKS_A_ROW = 4  # a width or two, before a change and after it


class RowHeights:
    """Measures a row once for each look; `rows` tells how many the list has now, and so how much is worth keeping."""

    def __init__(self, rows: Callable[[], int]) -> None:
        self._rows = rows
        self._kept: dict[Hashable, int] = {}

    def height(self, look: Hashable, measure: Callable[[], int]) -> int:
        """In pixels; `look` tells all that the height depends on."""
        if look not in self._kept:
            if len(self._kept) >= _LOOKS_A_ROW * self._rows():
                self._kept.clear()
            self._kept[look] = measure()
        return self._kept[look]

    @property
    def count(self) -> int:
        """How many heights are kept."""
        return len(self._kept)
