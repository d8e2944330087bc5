"""What every test stands on: a private home, strict logs, one seed for chance, and the real servers some tests need."""

import gc
import logging
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from sqlalchemy import URL

    from mppdesk.ui.shared.stall_watch import WatchedApplication
    from tests.fakes.keyring_session import SecretServiceSession

_home = tempfile.TemporaryDirectory(prefix="mppdesk-tests-", ignore_cleanup_errors=True)


def _keep_away_from_the_developers_own_files(home: Path) -> None:
    """Lead every program a test starts to a private home, and to no keyring, before anything is imported."""
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    places = {"HOME": home, "USERPROFILE": home, "XDG_RUNTIME_DIR": runtime}
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
        places[name] = home / name.lower()
    for name in ("APPDATA", "LOCAL_APPDATA", "COMMON_APPDATA"):  # platformdirs asks Windows itself otherwise
        places[f"WIN_PD_OVERRIDE_{name}"] = home / name.lower()
    os.environ.update({name: str(place) for name, place in places.items()})
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    # Hundreds of programs are started, and an installed one compiles nothing.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


_keep_away_from_the_developers_own_files(Path(_home.name))

# No deadline: on a shared machine a slow moment is no fault of the code. The blob repeats a failure elsewhere.
hypothesis.settings.register_profile("here", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("here"), max_examples=50)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let the one seed that pytest-randomly prints rule Hypothesis too, so that it alone repeats a whole run."""
    config.addinivalue_line("markers", "expects_log(text): the test means to cause a warning in the log with this text")
    if config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = random.Random().getrandbits(32)
    seed = config.getoption("randomly_seed", None)
    if isinstance(seed, int) and config.getoption("hypothesis_seed", None) is None:
        config.option.hypothesis_seed = seed


def pytest_sessionfinish() -> None:
    """End the windows that tests left behind in order; at the interpreter's own end half of each would be gone."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from mppdesk.ui.shared.application import end_windows

    end_windows()


def pytest_unconfigure() -> None:
    _home.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs PostgreSQL, so that `-m "not postgres"` leaves it out; begin with what takes minutes.

    Among several processors the last minutes would else be those of one of them.
    """
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


def pytest_collection_finish() -> None:
    """Let no thread collect garbage: a window of an earlier test that only a cycle holds would end there, and Qt fall.

    What is imported by now stays for good, and need not be looked through again and again.
    """
    gc.disable()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage_of_this_thread() -> Iterator[None]:
    """Garbage is collected between tests, on the main thread, whichever threads a test has started."""
    yield
    from mppdesk.ui.shared.garbage import collect_if_due

    collect_if_due()


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless `@pytest.mark.expects_log("part of it")` announced it."""
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    yield
    messages = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    surprising = [message for message in messages if not any(part in message for part in expected)]
    missed = [part for part in expected if not any(part in message for message in messages)]
    assert not surprising, f"unexpected in the log: {surprising}"
    assert not missed, f"expected in the log, but not there: {missed}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["URL"]:
    """The address of a PostgreSQL of this run's own, started when the first test asks for it."""
    from tests.fakes.postgres import running_postgres

    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: "URL") -> Iterator[str]:
    """The address (`postgresql+psycopg://...`) of an empty database that only this test has."""
    from tests.fakes.postgres import fresh_database

    with fresh_database(postgres_server) as database:
        yield database.render_as_string(hide_password=False)


@pytest.fixture
def secret_service() -> Iterator["SecretServiceSession"]:
    """A real Secret Service over an empty keyring; Linux only."""
    if sys.platform != "linux":
        pytest.skip("the Secret Service belongs to Linux desktops")
    from tests.fakes.keyring_session import secret_service_session

    with secret_service_session() as session:
        yield session


@pytest.fixture(scope="session")
def qapp_cls() -> type["WatchedApplication"]:
    """The one application of a run can be watched for stalls, whichever test needs it first."""
    from mppdesk.ui.shared.stall_watch import WatchedApplication

    return WatchedApplication


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The style of the program, on every system."""
    from mppdesk.ui.shared.application import ARGUMENTS

    return list(ARGUMENTS)
