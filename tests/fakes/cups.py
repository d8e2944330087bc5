"""A real cupsd of its own with raw queues, whose backend hands every job to a simulated printer on the network.

The backend does what CUPS's own for raw ports does: it waits for a printer that takes no line, says meanwhile that it
is connecting, and gives up a job that broke off, which stops the queue. (The own one pauses for seconds between tries.)
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_SERVER_BIN = Path("/usr/lib/cups")
_PROGRAMS = ("lp", "lpstat", "cancel")
_ADMINISTRATION = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
_PATIENCE_S = 15.0
# The user that cupsd gives its backends to may not enter the folder of this interpreter.
_PYTHON = shutil.which("python3", path="/usr/bin") or sys.executable
QUEUE = "KARCIS"

_BACKEND = """\
#!{python}
import os, socket, sys, time
if len(sys.argv) == 1:
    sys.exit(print('direct tiruan "Tiruan" "Tiruan"'))
data = open(sys.argv[6], "rb").read() if len(sys.argv) > 6 else sys.stdin.buffer.read()
queue = os.environ["DEVICE_URI"].rpartition("/")[2]
with open("{formats}/" + queue, "a") as formats:
    print(os.environ["CONTENT_TYPE"], file=formats)
print("STATE: +connecting-to-device", file=sys.stderr, flush=True)
while True:
    try:
        line = socket.create_connection(("127.0.0.1", int(open("{ports}/" + queue).read())), 1)
        break
    except OSError:
        time.sleep(0.1)
print("STATE: -connecting-to-device", file=sys.stderr, flush=True)
try:
    line.sendall(data)
    line.shutdown(socket.SHUT_WR)
except OSError:
    sys.exit(1)
try:
    line.settimeout(1)
    while line.recv(256):
        pass
except OSError:
    pass
"""
_FILES = """\
ServerRoot {folder}/etc
ServerBin {folder}/bin
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
AccessLog {folder}/access_log
ErrorLog {folder}/error_log
PageLog {folder}/page_log
SystemGroup {group}
"""
_SERVER = """\
Listen {folder}/cups.sock
Browsing No
WebInterface No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""


@dataclass(frozen=True, slots=True)
class Cups:
    """The socket of the server; `administer` runs one of its own programs."""

    folder: Path

    @property
    def server(self) -> Path:
        return self.folder / "cups.sock"

    def administer(self, program: str, *arguments: str) -> None:
        found = shutil.which(program, path=_ADMINISTRATION)
        assert found is not None, program
        subprocess.run(
            [found, "-h", str(self.server), *arguments], check=True, capture_output=True, timeout=_PATIENCE_S
        )

    def add_queue(self, name: str) -> None:
        self.administer("lpadmin", "-p", name, "-E", "-v", f"tiruan:/{name}", "-m", "raw")

    def prints_on(self, port: int, queue: str = QUEUE) -> None:
        """Plug a queue into the simulated printer at a port."""
        beside = self.folder / "ports" / f"{queue}.new"
        beside.write_text(str(port), encoding="ascii")
        beside.chmod(0o644)
        beside.replace(self.folder / "ports" / queue)

    def formats(self, queue: str = QUEUE) -> list[str]:
        """What a queue was told of each of its jobs, the oldest first, as MIME types."""
        return (self.folder / "formats" / queue).read_text(encoding="ascii").split()


def is_installed() -> bool:
    return all(shutil.which(name) for name in _PROGRAMS) and shutil.which("cupsd", path=_ADMINISTRATION) is not None


@contextmanager
def running_cups() -> Iterator[Cups]:
    """Run a server whose folder every user may enter: cupsd gives its backends to another one when it is root."""
    folder = Path(tempfile.mkdtemp(prefix="mppdesk-cups-"))
    try:
        _lay_out(folder)
        cupsd = shutil.which("cupsd", path=_ADMINISTRATION)
        assert cupsd is not None
        command = [cupsd, "-f", "-c", str(folder / "etc/cupsd.conf"), "-s", str(folder / "etc/cups-files.conf")]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            cups = Cups(folder)
            _wait_for(cups.server, process)
            cups.add_queue(QUEUE)
            yield cups
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(folder: Path) -> None:
    folder.chmod(0o755)
    for name in ("etc", "spool", "cache", "state", "ports", "formats", "bin/backend"):
        (folder / name).mkdir(parents=True)
    (folder / "formats").chmod(0o777)
    for path in _SERVER_BIN.iterdir():
        if path.name != "backend":
            (folder / "bin" / path.name).symlink_to(path)
    backend = folder / "bin" / "backend" / "tiruan"
    backend.write_text(
        _BACKEND.format(python=_PYTHON, ports=folder / "ports", formats=folder / "formats"), encoding="utf-8"
    )
    backend.chmod(0o755)
    group = "root" if os.geteuid() == 0 else _own_group()
    (folder / "etc" / "cups-files.conf").write_text(_FILES.format(folder=folder, group=group), encoding="utf-8")
    (folder / "etc" / "cupsd.conf").write_text(_SERVER.format(folder=folder), encoding="utf-8")


def _own_group() -> str:
    import grp

    return grp.getgrgid(os.getegid()).gr_name


def _wait_for(server: Path, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as probe:
            if server.exists() and not probe.connect_ex(str(server)):
                return
        time.sleep(0.02)
    raise TimeoutError("cupsd did not start")
