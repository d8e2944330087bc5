"""One command from a bare checkout: set the machine up, then run the program, its tests or its checks.

Needs nothing but Python 3.11 or newer. What it installs stays in `.tools` and `.venv` of the checkout, except the
system packages, which it installs on Debian and Ubuntu when it runs as root and names otherwise.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)

USAGE = """\
usage: python3 installer/dev.py VERB [ARGS]

  run [ARGS]       open the sample office (the same as: mppdesk demo ARGS)
  test [ARGS]      run the tests, all of them on all processors (ARGS go to pytest instead)
  check            ruff, format, mypy --strict, import rules
  mppdesk ARGS     any verb of the program, for example: mppdesk ticket list
"""

# A worker that runs out of tests takes over half of what another has left: some files take minutes, most a second.
ON_ALL_PROCESSORS = ("-n", "logical", "--dist", "worksteal")
CHECKED_PATHS = ("mppdesk", "tests", "installer", "main.py")
CHECKS = (
    ("ruff", "check", *CHECKED_PATHS),
    ("ruff", "format", "--check", *CHECKED_PATHS),
    ("mypy", "--strict", *CHECKED_PATHS),
    ("lint-imports", "--no-logo"),
)


def main(arguments: list[str]) -> int:
    """Set up what the verb needs and run it; the exit status is the verb's, 2 when the set-up cannot be done."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in ("run", "test", "check", "mppdesk"):
        asked_for_help = verb in ("-h", "--help", "help")
        print(USAGE, end="", file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    if sys.version_info[:2] < OLDEST_PYTHON:
        return _refuse(_python_is_too_old())
    # Run as a script, Python knows this folder only, not the checkout; and an old Python cannot read these modules.
    sys.path.insert(0, str(ROOT))
    from installer import CannotSetUp, environment, system_packages

    try:
        system_packages.install(for_tests=verb == "test")
        python = environment.prepare(ROOT)
    except CannotSetUp as problem:
        return _refuse(str(problem))
    if verb == "check":
        return _check(python.parent)
    return _become(python, _program(verb, rest))


def _program(verb: str, arguments: list[str]) -> list[str]:
    """Name what the environment's Python shall run; only the tests need the checkout as their current folder."""
    if verb == "test":
        os.chdir(ROOT)
        return ["-m", "pytest", *(arguments or ON_ALL_PROCESSORS)]
    return [str(ROOT / "main.py"), *(["demo"] if verb == "run" else []), *arguments]


def _become(python: Path, program: list[str]) -> int:
    """Let the environment's Python take this process over; Windows cannot, there it is waited for."""
    command = [str(python), *program]
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


def _check(scripts: Path) -> int:
    """Run every check, also after one has failed, and end with the first failure's status."""
    statuses = []
    for tool, *arguments in CHECKS:
        print(f"== {tool} {' '.join(arguments)}", flush=True)
        statuses.append(subprocess.call([str(scripts / tool), *arguments], cwd=ROOT))
    return next((status for status in statuses if status), 0)


def _python_is_too_old() -> str:
    return (
        f"mppdesk needs Python {'.'.join(map(str, OLDEST_PYTHON))} or newer; "
        f"this is {sys.version.split()[0]} ({sys.executable}). "
        "Install a newer one beside it and start this command with that one, for example: "
        "python3.11 installer/dev.py run"
    )


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
