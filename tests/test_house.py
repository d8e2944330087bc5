"""The house rules that no checker knows: the lock fits the project, and no file leads to one machine or its mirrors."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent

# Written in pieces, so that this file does not hold what it forbids.
REGISTRY_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb." + "debian.org", "npm" + "js.com")
MACHINE_PATHS = re.compile(r"(?<![\w.$}/-])/(?:" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot")) + r")/")
HOME_PATHS = re.compile(r"(?<![\w.$}/-])/(?:ho" + r"me|Us" + r"ers)/[a-z]\w*/")
MADE_BY_PROGRAMS = {"__pycache__", "demo-out", "dist", "build"}
# What Windows' Python lacks, or has without a meaning.
POSIX_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = re.compile(
    r"(get|set)(e|re|res)?[ug]ids?|fork\w*|killpg|[gs]etpg\w+|setsid|mkfifo|f?chown|statvfs|uname|sched_\w+|"
    r"O_(NOFOLLOW|DIRECTORY|NONBLOCK|NOCTTY)|SIG(KILL|HUP|USR\d|ALRM)|setitimer|alarm|add_signal_handler|"
    r"clock_[gs]ettime\w*|CLOCK_(BOOTTIME|MONOTONIC\w*|REALTIME)|tzset|AF_UNIX|SO_REUSEPORT|S_I[RWX](USR|GRP|OTH)"
)
# The wire to a USB printer is a device file of Linux through and through.
ONLY_ON_LINUX = "mppdesk/printing/device_file.py"


def _texts() -> Iterator[tuple[Path, str]]:
    """Read every text file of the checkout; what git ignores and what is no text is left out."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        hidden = any(part.startswith(".") and part != ".ci" for part in inside.parts[:-1])
        if hidden or MADE_BY_PROGRAMS.intersection(inside.parts) or not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            yield inside, content.decode("utf-8", errors="replace")


def _project() -> dict[str, Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return {canonicalize_name(requirement.name): requirement for requirement in map(Requirement, lines)}


def _locked() -> dict[str, Version]:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return {
        canonicalize_name(name): Version(version) for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", text)
    }


def test_the_lock_holds_a_fitting_version_of_everything_the_project_names() -> None:
    locked = _locked()
    unfit = {
        name: str(requirement.specifier)
        for name, requirement in _project().items()
        if name not in locked or not requirement.specifier.contains(locked[name])
    }
    assert unfit == {}


def test_every_locked_version_has_a_hash_and_no_line_an_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"(?m)^(?=\S)", text)[1:]
    assert len(entries) == len(_locked()) > 0
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in _texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if any(host in line for host in REGISTRY_HOSTS) or MACHINE_PATHS.search(line) or HOME_PATHS.search(line)
    ]
    assert found == []


def test_every_module_opens_with_a_sentence_and_stays_readable() -> None:
    """EXAMPLES 8: one sentence saying what it is for, and 400 lines at most."""
    modules = {path: text for path, text in _texts() if path.suffix == ".py"}
    assert [
        str(path) for path, text in modules.items() if text.strip() and not ast.get_docstring(ast.parse(text))
    ] == []
    assert [str(path) for path, text in modules.items() if len(text.splitlines()) > 400] == []


def test_every_dependency_has_its_line_and_no_line_is_left_over() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    described = [canonicalize_name(name) for name in re.findall(r"(?m)^\| `([\w.-]+)`", text)]
    assert sorted(described) == sorted(_project())


@pytest.mark.parametrize("page", ["README.md", "CHANGELOG.md", "docs/architecture.md", "docs/dependencies.md"])
def test_every_link_between_our_pages_leads_somewhere(page: str) -> None:
    path = ROOT / page
    targets = re.findall(r"\]\((?!\w+:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    targets += re.findall(r'src="([^":]+)"', path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_what_only_posix_has_stands_in_one_place() -> None:
    """Most counters run Windows, and this suite seldom does."""
    ours = {path.as_posix(): text for path, text in _texts() if path.parts[0] == "mppdesk" and path.suffix == ".py"}
    found = {path for path, text in ours.items() if any(map(_is_posix, ast.walk(ast.parse(text))))}
    assert found - {ONLY_ON_LINUX} == {"mppdesk/db/posix.py"}


def _is_posix(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name in POSIX_MODULES for alias in names)
        case ast.ImportFrom(module=module, names=names):
            return module in POSIX_MODULES or any(POSIX_NAMES.fullmatch(alias.name) for alias in names)
        case ast.Attribute(attr=name):
            return POSIX_NAMES.fullmatch(name) is not None
    return False
