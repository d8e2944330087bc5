"""Processes of the centre over one database, started as an administrator starts them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from typing import Any

from mppdesk.cli.central import WRAPPING_KEY_VARIABLE
from mppdesk.cli.main import main
from mppdesk.cli.output import DONE
from mppdesk.db.central.wrapping import Wrapping
from mppdesk.db.home import SystemClock
from mppdesk.operations.ports import Clock
from mppdesk.server.central import make_central_app, running_centre
from tests.fakes.office import Office
from tests.fakes.serving_thread import served_here

WRAPPING_KEY = bytes(range(32))
WRAPPING = Wrapping([WRAPPING_KEY])


def ask_central(*words: str) -> dict[str, Any]:
    """Run `mppdesk central ...` in this process and give its object."""
    with redirect_stdout(StringIO()) as said:
        assert main(["central", *words, "--json"]) == DONE, said.getvalue()
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def registered(database: str, office: Office, *more: str) -> str:
    """Register the office's building; answers its token."""
    author = office.writer.author
    return str(
        ask_central(
            "add-site", "--database", database, "--site-id", office.home.site_id, "--name", "MPP Sukamaju",
            "--hub-device", author.device_id, "--hub-key", author.public_key.hex(), *more,
        )["token"]
    )  # fmt: skip


@contextmanager
def centre_here(database: str, clock: Clock | None = None) -> Iterator[str]:
    """What a process of the centre does, in threads of this one; gives its URL."""
    now = (clock or SystemClock()).now
    with (
        running_centre(database, WRAPPING, now) as centre,
        served_here(make_central_app(centre), centre.pokes.end) as url,
    ):
        yield url


@contextmanager
def central_process(database: str) -> Iterator[str]:
    """One process of the centre; gives its URL."""
    with serving_centre(database) as (_, url):
        yield url


@contextmanager
def serving_centre(database: str) -> Iterator[tuple[int, str]]:
    """One process of the centre; gives its process id and its URL."""
    words = ("central", "--database", database, "--listen", "127.0.0.1:0", "--json")
    command = [sys.executable, "-m", "mppdesk", *words]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, WRAPPING_KEY_VARIABLE: WRAPPING_KEY.hex()},
    )
    assert process.stdout is not None
    try:
        yield process.pid, str(json.loads(process.stdout.readline())["listening"])
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()
