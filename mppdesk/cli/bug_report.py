"""What is kept of a fault of this program: where it happened, never what was in anybody's hands."""

import tempfile
import traceback
from pathlib import Path

from mppdesk import __version__
from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg


def reported(fault: Exception) -> ClerkError:
    """Write the places in the code to a file of this user, and say so calmly.

    The fault's own words are left out: they may quote what was typed, and no file of ours holds a name or a NIK.
    """
    places = "".join(traceback.format_tb(fault.__traceback__))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", prefix="mppdesk-", suffix=".txt", delete=False) as file:
        file.write(f"mppdesk {__version__}\n{type(fault).__name__}\n{places}")
    return ClerkError(
        msg("Ada kesalahan di program ini. Yang sudah tersimpan aman; perintah ini mungkin belum."),
        msg("Ulangi. Bila tetap terjadi, kirimkan {path} kepada pembuat program.", path=Path(file.name)),
    )
