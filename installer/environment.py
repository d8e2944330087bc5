"""The checkout's own Python environment: `.venv`, holding exactly what requirements.lock names."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from installer import CannotSetUp

UV_VERSION = "0.13.9"
STAMP_NAME = "in-step-with-lock"


def prepare(root: Path) -> Path:
    """Bring `.venv` in step with the lock and return its Python; CannotSetUp says what stood in the way.

    Nothing is fetched when the last call left all in step and nobody touched it since. A damaged environment (its
    Python moved or grew a version, a library was removed) is mended.
    """
    venv = root / ".venv"
    lock = root / "requirements.lock"
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = venv / STAMP_NAME
    libraries = libraries_of(python)
    if libraries and stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint(lock, libraries):
        return python
    uv = _find_uv(root)
    if libraries is None:
        _make(uv, venv)
    stamp.unlink(missing_ok=True)
    _say("Fetching the libraries of requirements.lock")
    options = ("--quiet", "--require-hashes", "--compile-bytecode")
    _run_uv(uv, "pip", "sync", *options, "--python", str(python), str(lock))
    libraries = libraries_of(python)
    if libraries is None:
        raise CannotSetUp(f"The Python environment in {venv} does not start. Remove that folder, then try again.")
    stamp.write_text(fingerprint(lock, libraries), encoding="utf-8")
    return python


def libraries_of(python: Path) -> Path | None:
    """Ask an environment's Python for its library folder; None when it does not start or has lost the folder."""
    question = "import sys; print(next(path for path in sys.path if path.endswith('site-packages')))"
    try:
        answer = subprocess.run([str(python), "-I", "-c", question], capture_output=True, encoding="utf-8")
    except OSError:
        return None
    return Path(answer.stdout.strip()) if answer.returncode == 0 else None


def fingerprint(lock: Path, libraries: Path) -> str:
    """Digest what should be installed and what is: the lock's bytes and the names of the installed distributions."""
    installed = sorted(folder.name for folder in libraries.glob("*.dist-info"))
    digest = hashlib.sha256(lock.read_bytes())
    digest.update("\n".join(installed).encode())
    return digest.hexdigest()


def _make(uv: str, venv: Path) -> None:
    _say("Making the Python environment")
    if venv.exists():
        shutil.rmtree(venv)
    # A Python that uv would download comes from a host that a closed network may not reach.
    _run_uv(uv, "venv", "--quiet", "--no-python-downloads", "--python", _base_python(), str(venv))


def _base_python() -> str:
    """Name the Python outside any environment: this process may itself run in the one that is to be replaced."""
    return str(getattr(sys, "_base_executable", sys.executable))


def _find_uv(root: Path) -> str:
    """Find uv on the PATH or in `.tools`, or fetch it there with pip, which no system forbids."""
    tools = root / ".tools"
    searched = os.pathsep.join((os.environ.get("PATH", os.defpath), str(tools / "bin")))
    uv = shutil.which("uv", path=searched)
    if uv and _succeeds(uv, "--version", silent=True):
        return uv
    _say(f"Fetching uv {UV_VERSION}")
    pip = (_base_python(), "-m", "pip", "install", "--quiet", "--upgrade", "--disable-pip-version-check")
    fetched = _succeeds(*pip, "--target", str(tools), f"uv=={UV_VERSION}")
    uv = shutil.which("uv", path=str(tools / "bin"))
    if not fetched or uv is None:
        raise CannotSetUp(
            "The installer uv could not be fetched; the reason stands above. If pip is missing, install it "
            "(Debian: sudo apt-get install python3-pip). If this machine is not connected, connect it. "
            "Then give the same command again."
        )
    return uv


def _run_uv(uv: str, *arguments: str) -> None:
    if not _succeeds(uv, *arguments):
        raise CannotSetUp(
            "The Python environment could not be completed; uv's reason stands above. "
            "Is this machine connected? What was fetched is kept: give the same command again."
        )


def _succeeds(*command: str, silent: bool = False) -> bool:
    quietly = {**os.environ, "PIP_ROOT_USER_ACTION": "ignore"}  # `.tools` is ours, pip need not warn root
    try:
        done = subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL if silent else sys.stderr)
    except OSError as error:
        _say(str(error))
        return False
    return done.returncode == 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
