"""`mppdesk VERB ...`: choose the verb, turn what it raises into exit codes (0 done, 2 wrong use, 3 refused)."""

import argparse
import sys
from collections.abc import Sequence

from mppdesk import __version__
from mppdesk.cli.output import WRONG_USE, Output
from mppdesk.cli.parser import build_parser
from mppdesk.domain.errors import ClerkError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; without a verb the desktop starts."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = build_parser(__version__)
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else WRONG_USE
    output = Output(as_json=getattr(arguments, "json", False))
    try:
        result: int = arguments.run(arguments, output)
    except ClerkError as error:
        return output.refused(error)
    except argparse.ArgumentTypeError as error:
        output.warn(str(error))
        return WRONG_USE
    except BrokenPipeError:
        return 0
    return result
