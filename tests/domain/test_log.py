"""What a log says of itself holds; what another log says of it is kept as an anomaly."""

from mppdesk.domain import facts
from mppdesk.domain.log import Log, fold_log
from tests.fakes.history import History

LOG, DEVICE, STRANGER = "1" * 32, "d" * 32, "f" * 32


def opened(device_id: str = DEVICE) -> facts.LogOpened:
    return facts.LogOpened(device_id=device_id, public_key=b"k" * 32, app_version="1.0")


def a_log() -> History:
    history = History("log", LOG, log_id=LOG)
    history.add(opened())
    return history


def state_of(history: History) -> Log:
    state = fold_log(history.entries).state
    assert state is not None
    return state


def test_its_first_entry_names_its_device() -> None:
    log = state_of(a_log())
    assert (log.log_id, log.device_id, log.app_version, log.is_closed) == (LOG, DEVICE, "1.0", False)


def test_another_log_neither_opens_nor_closes_nor_restores_it() -> None:
    history = a_log()
    restored = facts.DatabaseRestored(backup_made_ms=0, heads=1)
    for fact in (opened(STRANGER), facts.LogClosed(), restored):
        history.add(fact, log_id="2" * 32)
    assert state_of(history) == state_of(a_log())
    assert [each.reason for each in fold_log(history.entries).anomalies] == ["another_log"] * 3


def test_it_is_opened_once() -> None:
    history = a_log()
    history.add(opened(STRANGER))
    assert state_of(history).device_id == DEVICE
    assert [each.reason for each in fold_log(history.entries).anomalies] == ["opened_twice"]


def test_the_last_restore_holds() -> None:
    history = a_log()
    for first in (600, 700):
        history.add(facts.DatabaseRestored(backup_made_ms=0, heads=1, numbers_from=first))
    log = state_of(history)
    assert log.restored is not None
    assert (log.restored.numbers_from, log.restored_ms) == (700, history.now_ms)


def test_nothing_is_known_before_it_is_opened() -> None:
    history = History("log", LOG, log_id=LOG)
    history.add(facts.LogClosed())
    assert fold_log(history.entries).state is None
