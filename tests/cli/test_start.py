"""A start without words: the same as the parser would read, without its grammar."""

import subprocess
import sys

from mppdesk.cli.later import without_a_verb
from mppdesk.cli.parser import build_parser
from tests.cli.conftest import PROGRAM


def test_no_words_read_as_the_parser_reads_them() -> None:
    read, short = vars(build_parser("1").parse_args([])), vars(without_a_verb())
    assert read.keys() == short.keys()
    assert {**read, "run": None} == {**short, "run": None}


def test_a_start_without_words_imports_no_grammar() -> None:
    script = (
        "import sys, mppdesk.cli.windows as windows; from mppdesk.cli.main import main; "
        "windows.desktop = lambda arguments, output: print('mppdesk.cli.parser' in sys.modules, arguments.data) or 7; "
        "sys.exit(main([]))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=PROGRAM.parent, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (7, "False None", "")
