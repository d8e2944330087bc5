"""`journal verify` finds every change that a test can make to a decrypted copy of a day."""

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db.engine import open_connection
from mppdesk.db.journal.verify import Verification, verify
from mppdesk.db.sql import Store
from mppdesk.domain import commands
from tests.fakes.office import open_office

CHANGES = 200


@pytest.fixture(scope="module")
def decrypted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small day, exported without encryption."""
    folder = tmp_path_factory.mktemp("verify")
    copy = folder / "copy.db"
    with open_office(folder / "home") as office:
        office.open("Loket 1", "Loket 2")
        for _ in range(12):
            office.issue()
        for label in ("Loket 1", "Loket 2") * 4:
            office.act(commands.CallNext, label)
            office.act(commands.StartService, label)
            office.act(commands.FinishTicket, label)
        site_id = office.home.site_id
        connection = open_connection(office.home.database.path, office.home.database.key)
        connection.execute(f"ATTACH DATABASE '{copy}' AS plain KEY ''")
        connection.execute("SELECT sqlcipher_export('plain')")
        connection.execute("DETACH DATABASE plain")
        connection.close()
    return copy, site_id


@pytest.fixture
def store(decrypted: tuple[Path, str], tmp_path: Path) -> Iterator[Store]:
    copy = shutil.copy(decrypted[0], tmp_path / "changed.db")
    opened = Store(open_connection(Path(copy), None), "sqlite")
    yield opened
    opened.close()


def found(store: Store, site_id: str) -> Verification:
    with store.reading():
        return verify(store, site_id)


def entries(store: Store) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = store.connection.execute(
        "SELECT log_id, seq, bytes FROM journal_entries ORDER BY log_id, seq"
    ).fetchall()
    return rows


def test_an_untouched_copy_is_sound(store: Store, decrypted: tuple[Path, str]) -> None:
    result = found(store, decrypted[1])
    assert result.is_sound
    assert result.entries == len(entries(store))


def change_a_byte(store: Store, chance: random.Random) -> str:
    log, seq, raw = chance.choice(entries(store))
    at = chance.randrange(len(raw))
    changed = bytearray(raw)
    changed[at] ^= 1 << chance.randrange(8)
    store.connection.execute(
        "UPDATE journal_entries SET bytes = ? WHERE log_id = ? AND seq = ?", (bytes(changed), log, seq)
    )
    return f"bit {at} of entry {seq}"


def change_a_byte_and_its_hash(store: Store, chance: random.Random) -> str:
    """A forger who also mends the stored hash of that entry."""
    from mppdesk.db.journal.codec import digest

    rows = entries(store)
    log, seq, raw = chance.choice(rows)
    changed = bytearray(raw)
    changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    store.connection.execute(
        "UPDATE journal_entries SET bytes = ?, hash = ? WHERE log_id = ? AND seq = ?",
        (bytes(changed), digest(bytes(changed)), log, seq),
    )
    return f"byte and hash of entry {seq}"


def swap_two(store: Store, chance: random.Random) -> str:
    one, other = chance.sample(entries(store), 2)
    for (log, seq, _), (_, _, raw) in ((one, other), (other, one)):
        store.connection.execute("UPDATE journal_entries SET bytes = ? WHERE log_id = ? AND seq = ?", (raw, log, seq))
    return f"entries {one[1]} and {other[1]} swapped"


def remove_one(store: Store, chance: random.Random) -> str:
    log, seq, _ = chance.choice(entries(store))
    store.connection.execute("DELETE FROM journal_entries WHERE log_id = ? AND seq = ?", (log, seq))
    return f"entry {seq} removed"


def change_a_view(store: Store, chance: random.Random) -> str:
    table, column, value = chance.choice(
        (
            ("view_visits", "status", "cancelled"),
            ("view_visits", "position", 7),
            ("view_calls", "counter_label", "Loket 9"),
            ("view_register", "n", 99),
            ("view_commands", "entry_id", "0" * 32),
            ("view_users", "roles", '["administrator","auditor"]'),
            ("view_settings", "name", "counter/Loket 9"),
        )
    )
    key = {"view_visits": "visit_id", "view_calls": "entry_id", "view_commands": "entry_id", "view_users": "user_id"}
    name = key.get(table, "setting_id" if table == "view_settings" else "entry_id")
    rows = store.connection.execute(f"SELECT {name} FROM {table} WHERE {column} IS NOT ?", (value,)).fetchall()
    if not rows:
        return change_a_byte(store, chance)
    store.connection.execute(f"UPDATE {table} SET {column} = ? WHERE {name} = ?", (value, chance.choice(rows)[0]))
    return f"{table}.{column}"


def move_a_head(store: Store, chance: random.Random) -> str:
    store.connection.execute("UPDATE journal_heads SET seq = seq - 1 WHERE log_id = (SELECT log_id FROM journal_heads)")
    return "a head moved"


KINDS = (change_a_byte, change_a_byte_and_its_hash, swap_two, remove_one, change_a_view, move_a_head)


def test_every_one_of_two_hundred_changes_is_found(
    store: Store, decrypted: tuple[Path, str], request: pytest.FixtureRequest
) -> None:
    seed = request.config.getoption("randomly_seed", 1)
    chance = random.Random(seed if isinstance(seed, int) else 1)
    missed = []
    for number in range(CHANGES):
        kind = KINDS[number % len(KINDS)]
        store.connection.execute("BEGIN")
        what = kind(store, chance)
        result = verify(store, decrypted[1])
        store.connection.execute("ROLLBACK")
        if result.is_sound:
            missed.append(what)
    assert missed == []


def test_a_tail_cut_off_without_its_head_is_found(store: Store, decrypted: tuple[Path, str]) -> None:
    log, seq, _ = entries(store)[-1]
    store.connection.execute("DELETE FROM journal_entries WHERE log_id = ? AND seq = ?", (log, seq))
    assert not found(store, decrypted[1]).is_sound


def test_an_entry_of_another_site_is_found(store: Store, decrypted: tuple[Path, str]) -> None:
    store.connection.execute("UPDATE journal_entries SET site_id = 'elsewhere' WHERE seq = 1")
    assert not found(store, decrypted[1]).is_sound
