"""A real Secret Service (gnome-keyring on a session bus of its own) over a private home, for one command at a time.

Each `run` is one log-in: what it stores is there in the next, when the same password unlocks the keyring; another
password leaves it locked, as after a changed log-in password. Started as a program, this file is what runs inside.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET_SERVICE = "org.freedesktop.secrets"
PASSWORD = "kata sandi contoh"
START_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class SecretServiceSession:
    """The home whose keyring is used; it holds the keyring's file and nothing of the developer's."""

    home: Path

    def run(
        self,
        command: Sequence[str],
        *,
        password: str = PASSWORD,
        environment: Mapping[str, str] | None = None,
        timeout_s: float = 60.0,
    ) -> "subprocess.CompletedProcess[str]":
        """Log in, run the command to its end, log out; its status, stdout and stderr are returned.

        Raises subprocess.TimeoutExpired.
        """
        inside = [sys.executable, str(Path(__file__).resolve()), *command]
        return subprocess.run(
            ["dbus-run-session", "--", *inside],
            env={**self._environment(), **(environment or {}), "MPPDESK_TEST_KEYRING_PASSWORD": password},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout_s,
        )

    def python(self, source: str, *arguments: str, password: str = PASSWORD) -> "subprocess.CompletedProcess[str]":
        """Run Python source in this Python inside a log-in; `arguments` are its sys.argv[1:]."""
        return self.run([sys.executable, "-c", source, *arguments], password=password)

    def _environment(self) -> dict[str, str]:
        """Leave out what leads to the developer's own bus, keyring or screen (where a prompt would wait for ever)."""
        leads_out = ("XDG_", "DBUS_", "GNOME_KEYRING_", "DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(leads_out)}
        return {**kept, "HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home / "run")}


@contextmanager
def secret_service_session() -> Iterator[SecretServiceSession]:
    """Yield a session over a new home, removed at the end."""
    # A short path: the daemon's socket stands below it, and such a path may have 107 characters.
    with tempfile.TemporaryDirectory(prefix="mppdesk-keyring-") as name:
        home = Path(name)
        (home / "run").mkdir(mode=0o700)
        yield SecretServiceSession(home)


def _inside_the_session(command: Sequence[str]) -> int:
    """Start the daemon, wait until it serves, run the command; the daemon ends by its id whatever happens."""
    password = os.environ.pop("MPPDESK_TEST_KEYRING_PASSWORD")
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert daemon.stdin is not None
        daemon.stdin.write(password.encode())
        daemon.stdin.close()
        _wait_for(SECRET_SERVICE)
        return subprocess.call(command)
    finally:
        daemon.terminate()
        daemon.wait()


def _wait_for(name: str) -> None:
    """Return as soon as somebody on the bus owns the name; using the name would start a second, locked daemon."""
    # Only Linux has jeepney (it comes with keyring), and it ships no types.
    from jeepney import MatchRule, message_bus  # type: ignore[import-untyped, unused-ignore]
    from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped, unused-ignore]

    appears = MatchRule(type="signal", interface="org.freedesktop.DBus", member="NameOwnerChanged")
    appears.add_arg_condition(0, name)
    with open_dbus_connection() as bus, bus.filter(appears) as changes:
        driver = Proxy(message_bus, bus)
        driver.AddMatch(appears)
        if not driver.NameHasOwner(name)[0]:
            bus.recv_until_filtered(changes, timeout=START_TIMEOUT_S)


if __name__ == "__main__":
    raise SystemExit(_inside_the_session(sys.argv[1:]))
