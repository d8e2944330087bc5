"""Where the program's own files lie: fonts, icons, styles, texts, sounds and the sample office."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_IN_A_CHECKOUT = _PACKAGE.parent / "resources"
_IN_A_WHEEL = _PACKAGE / "_resources"


def resource(relative: str) -> Path:
    """Give the path of a file the program brings along, such as `styles/tokens.toml`.

    An installed wheel carries the files inside the package; in a checkout they lie beside it.

    Raises:
        FileNotFoundError: there is no such file; the program was built or copied incompletely.
    """
    path = (_IN_A_WHEEL if _IN_A_WHEEL.is_dir() else _IN_A_CHECKOUT) / relative
    if not path.exists():
        raise FileNotFoundError(path)
    return path
