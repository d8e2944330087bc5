"""`mppdesk VERB ...`: choose the verb, turn what it raises into exit codes (0 done, 2 wrong use, 3 refused)."""

import errno
import sys
from argparse import Namespace
from collections.abc import Sequence

from mppdesk import __version__
from mppdesk.cli.later import without_a_verb
from mppdesk.cli.output import DONE, STOPPED, WRONG_USE, Output
from mppdesk.domain.errors import BadInput, ClerkError, StorageTrouble
from mppdesk.texts import msg


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; without a verb the desktop starts."""
    words = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        arguments = _read(words)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_USE
    output = Output(as_json=getattr(arguments, "json", False))
    try:
        _require_text(words)
        result: int = arguments.run(arguments, output)
    except ClerkError as error:
        return output.refused(error)
    except BrokenPipeError:
        return DONE
    except OSError as error:
        return output.refused(_file_trouble(error))
    except KeyboardInterrupt:
        output.warn(msg("Dihentikan. Yang sudah tersimpan aman."))
        return STOPPED
    except Exception as fault:  # noqa: BLE001 - the last place before the person
        from mppdesk.cli.bug_report import reported  # what nobody foresaw must not cost the start a millisecond

        return output.refused(reported(fault))
    return result


def _read(words: Sequence[str]) -> Namespace:
    """What the words ask for; SystemExit after --help and wrong use."""
    if not words:
        return without_a_verb()
    from mppdesk.cli.parser import build_parser  # forty verbs, for which the first window need not wait

    return build_parser(__version__).parse_args(words)


def _file_trouble(error: OSError) -> StorageTrouble:
    """A file or folder that the system refuses: full disk, no permission, a file where a folder should be."""
    if error.errno == errno.ENOSPC:
        return StorageTrouble(
            msg("Ruang simpan komputer ini penuh. Yang sudah tersimpan aman; yang baru ini belum tersimpan."),
            msg("Kosongkan disk atau beri tahu admin, lalu ulangi."),
        )
    return StorageTrouble(
        msg("{path} tidak dapat dipakai. Yang sudah tersimpan aman.", path=error.filename or error.strerror),
        msg("Periksa nama, hak tulis, dan ruang disknya, lalu ulangi."),
    )


def _require_text(words: Sequence[str]) -> None:
    """Refuse bytes that are no UTF-8; they would reach the journal as something no one can read back."""
    try:
        for word in words:
            word.encode()
    except UnicodeEncodeError as error:
        raise BadInput(
            msg("Yang ditulis di baris perintah bukan teks yang sah. Tidak ada yang berubah."),
            msg("Tulis ulang dengan huruf biasa (UTF-8)."),
        ) from error
