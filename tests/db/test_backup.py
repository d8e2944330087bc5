"""Backups and restores: what comes back verifies and goes on, and no cut in between loses the old data."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db import home as homes
from mppdesk.db.journal.verify import verify
from mppdesk.db.privacy import secret_store
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.safekeeping import lost_work
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.db.safekeeping.recovery import new_sheet, wraps_of
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.errors import BadInput, Refused, StorageTrouble
from mppdesk.operations.submissions import ApplicantData
from tests.db.test_privacy import register_somebody
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, make_home, open_office

SOMEBODY = ApplicantData("Melati Contohwati", "9999014107900001")


def back_up(office: Office, target: Path) -> Path:
    write_backup(office.home.database, office.home.path, office.home.file.home_id, target, office.clock.now())
    return target


def numbers(office: Office) -> list[str]:
    return [row.number for row in office.readers.tickets()]


def number_of(office: Office) -> str:
    ticket = office.issue().ticket
    assert ticket is not None
    return ticket.number


def register_number(office: Office) -> str:
    visit = register_somebody(office, SOMEBODY)
    with office.home.database.reading() as store:
        sql = "SELECT register_number FROM view_submissions WHERE visit_id = ?"
        return str(store.connection.execute(sql, (visit,)).fetchone()[0])


def is_sound(office: Office) -> bool:
    with office.home.database.reading() as store:
        return verify(store, office.home.site_id).is_sound


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with three tickets, backed up at the second into `cadangan`, with a recovery sheet before it."""
    with open_office(tmp_path / "home") as office:
        new_sheet(tmp_path / "home", office.home.secrets, "MPP Kabupaten Sukamaju")
        office.issue()
        office.issue()
        back_up(office, tmp_path / "cadangan")
        office.issue()
    return tmp_path / "home"


def test_a_backup_is_taken_while_a_writer_has_not_committed(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
        with office.home.database.writing() as store:
            store.connection.execute("DELETE FROM view_visits")
            back_up(office, tmp_path / "cadangan")
        clock, ids = office.clock, office.ids
    restored = restore(tmp_path / "home", tmp_path / "cadangan", clock, ids, code=None)
    with open_office(tmp_path / "home", clock, ids) as office:
        assert numbers(office) == ["B-001"]
        assert is_sound(office)
        assert restored.entries > 0


@pytest.mark.parametrize("name", ["mppdesk.db", "home.json", ".", "berkas-lain"])
def test_only_an_older_backup_is_written_over(tmp_path: Path, name: str) -> None:
    with open_office(tmp_path / "home") as office:
        (tmp_path / "home" / "berkas-lain").write_text("bukan cadangan", encoding="utf-8")
        with pytest.raises(BadInput):
            back_up(office, tmp_path / "home" / name)
        assert office.issue().ticket
    assert (tmp_path / "home" / "berkas-lain").read_text(encoding="utf-8") == "bukan cadangan"


def test_the_files_beside_a_backup_are_left_alone(tmp_path: Path) -> None:
    """A backup named as the database without its ending was once made over it, and then tidied away."""
    with open_office(tmp_path / "home") as office:
        office.issue()
        before = {each.name for each in (tmp_path / "home").iterdir()}
        assert zipfile.is_zipfile(back_up(office, tmp_path / "home" / "mppdesk"))
        assert {each.name for each in (tmp_path / "home").iterdir()} == before | {"mppdesk"}
        assert numbers(office) == ["B-001"]


def test_a_damaged_page_is_never_copied(tmp_path: Path) -> None:
    """An unreadable page becomes zeros in SQLCipher's copy, which a check of the copy alone takes for sound."""
    with open_office(tmp_path / "home") as office:
        office.issue()
        kept = back_up(office, tmp_path / "cadangan").read_bytes()
        office.home.database.checkpoint(truncate=True)
        file = tmp_path / "home" / homes.DATABASE_FILE
        raw = file.read_bytes()
        for at in range(2000, len(raw), 7 * 4096):
            file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            with pytest.raises(StorageTrouble):
                back_up(office, tmp_path / "cadangan")
        file.write_bytes(raw)
    assert (tmp_path / "cadangan").read_bytes() == kept


def test_a_restored_office_goes_on_without_giving_a_number_twice(tmp_path: Path) -> None:
    clock, ids, home = FakeClock(), CountedIds(), tmp_path / "home"
    with open_office(home, clock, ids) as office:
        office.open("Loket 1")
        assert register_number(office).endswith("/000001")
        back_up(office, tmp_path / "cadangan")
        lost = [number_of(office) for _ in range(3)]
        clock.forward(60)
    restore(home, tmp_path / "cadangan", clock, ids, code=None)
    with open_office(home, clock, ids) as office:
        assert [number_of(office), number_of(office)] == ["B-600", "B-601"]
        assert not set(lost) & set(numbers(office))
        assert register_number(office).endswith("/000101")
        assert register_number(office).endswith("/000102")
        clock.forward(24 * 3600)
        assert number_of(office) == "B-001"
        assert is_sound(office)


def test_restores_of_one_day_repeat_no_number_of_each_other(tmp_path: Path) -> None:
    """A backup of 09.00 comes back at 10.00 and at 11.00: what was given out between is on no disk that opens."""
    clock, ids, home = FakeClock(), CountedIds(), tmp_path / "home"
    with open_office(home, clock, ids) as office:
        office.open("Loket 1")
        given = [number_of(office)]
        registered = [register_number(office)]
        back_up(office, tmp_path / "cadangan")
    for restored in range(3):
        clock.forward(3600)
        for file in home.glob("restored-*/mppdesk.db"):
            file.write_bytes(b"broken")
        restore(home, tmp_path / "cadangan", clock, ids, code=None)
        with open_office(home, clock, ids) as office:
            given += [number_of(office) for _ in range(4)]
            registered.append(register_number(office))
            assert is_sound(office)
            if restored == 1:
                back_up(office, tmp_path / "cadangan")
                given += [number_of(office) for _ in range(2)]
    assert len(set(given)) == len(given)
    assert len(set(registered)) == len(registered)
    assert given[1] == "B-600"


def test_what_the_old_data_still_knows_is_never_given_out_again(tmp_path: Path) -> None:
    """The clock of the computer is set back between two restores: only the lost database knows how far it went."""
    clock, ids, home = FakeClock(), CountedIds(), tmp_path / "home"
    with open_office(home, clock, ids) as office:
        given = [number_of(office)]
        back_up(office, tmp_path / "cadangan")
    for hours in (1, 1, -1):
        clock.forward(hours * 3600)
        restore(home, tmp_path / "cadangan", clock, ids, code=None)
        with open_office(home, clock, ids) as office:
            given += [number_of(office) for _ in range(3)]
    assert len(set(given)) == len(given)


def test_a_clock_on_a_date_before_the_backup_is_put_right_first(home: Path, tmp_path: Path) -> None:
    """Otherwise the hub would go on after the last number of the backup, as if none had been lost."""
    clock = FakeClock()
    clock.forward(-24 * 3600)
    with pytest.raises(Refused) as refused:
        restore(home, tmp_path / "cadangan", clock, CountedIds("lain"), code=None)
    assert "padahal cadangan dibuat 23 November 2026. Tidak ada yang diubah." in str(refused.value.what_happened)
    assert list(home.glob("restored-*")) == []
    with open_office(home, FakeClock(), CountedIds("lagi")) as office:
        assert len(numbers(office)) == 3


def test_a_person_may_know_of_a_restore_on_another_computer(tmp_path: Path) -> None:
    clock, ids, home = FakeClock(), CountedIds(), tmp_path / "home"
    with open_office(home, clock, ids) as office:
        office.issue()
        back_up(office, tmp_path / "cadangan")
    restored = restore(home, tmp_path / "cadangan", clock, ids, code=None, again_today=True)
    assert (restored.numbers_from, restored.is_first) == (1000 + 9 * 60 * 6, False)
    with open_office(home, clock, ids) as office:
        assert number_of(office) == f"B-{restored.numbers_from}"


def test_a_note_of_restores_that_cannot_be_read_still_tells_that_there_was_one(tmp_path: Path) -> None:
    (tmp_path / "restores.json").write_text("rusak", encoding="utf-8")
    assert len(lost_work.noted(tmp_path).restores) == 1


def test_what_lay_there_is_set_aside_as_a_folder_that_opens(home: Path, tmp_path: Path) -> None:
    restored = restore(home, tmp_path / "cadangan", FakeClock(), CountedIds("lain"), code=None)
    assert restored.set_aside is not None
    with homes.reading(restored.set_aside) as old, homes.reading(home) as new:
        count = "SELECT count(*) FROM view_visits"
        with old.database.reading() as old_store, new.database.reading() as new_store:
            assert old_store.connection.execute(count).fetchone()[0] == 3
            assert new_store.connection.execute(count).fetchone()[0] == 2


def test_a_restore_of_a_restore(home: Path, tmp_path: Path) -> None:
    """A second backup, taken after a restore, still opens by the first sheet, and older ones by this machine's key."""
    ids = CountedIds("lain")
    for _ in range(2):
        restore(home, tmp_path / "cadangan", FakeClock(), ids, code=None)
    with open_office(home, FakeClock(), ids) as office:
        assert is_sound(office)
        again = back_up(office, tmp_path / "cadangan lagi")
    with zipfile.ZipFile(again) as archive:
        assert json.loads(archive.read("manifest.json"))["wraps"] == wraps_of(home)
    assert len([path for path in home.iterdir() if path.name.startswith("set-aside")]) == 2
    assert len([path for path in home.iterdir() if path.name.startswith("restored-")]) == 1


def test_the_sheet_of_another_machine_opens_the_backups_made_here(tmp_path: Path) -> None:
    with open_office(tmp_path / "asal") as office:
        sheet = new_sheet(tmp_path / "asal", office.home.secrets, "MPP Kabupaten Sukamaju")
        back_up(office, tmp_path / "cadangan")
    restore(tmp_path / "baru", tmp_path / "cadangan", FakeClock(), CountedIds("b"), code=sheet.code)
    with open_office(tmp_path / "baru", FakeClock(), CountedIds("c")) as office:
        back_up(office, tmp_path / "cadangan baru")
    restore(tmp_path / "ketiga", tmp_path / "cadangan baru", FakeClock(), CountedIds("d"), code=sheet.code)
    with homes.reading(tmp_path / "ketiga") as third, homes.reading(tmp_path / "asal") as first:
        assert third.site_id == first.site_id


def archive_of(parts: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def manifest(**more: Any) -> bytes:
    return json.dumps(
        {"format": 1, "home_id": "0", "made_at": "2026-11-23T02:00:00+00:00", "wraps": [], **more}
    ).encode()


SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda whole: b"",
    "garbage": lambda whole: os.urandom(10_000),
    "half": lambda whole: whole[: len(whole) // 2],
    "without its end": lambda whole: whole[:-10],
    "one byte changed": lambda whole: whole[:20_000] + bytes([whole[20_000] ^ 1]) + whole[20_001:],
    "no database": lambda whole: archive_of({"manifest.json": manifest()}),
    "no manifest": lambda whole: archive_of({"database": b"x"}),
    "another format": lambda whole: archive_of({"manifest.json": manifest(format=2), "database": b"x"}),
    "a list": lambda whole: archive_of({"manifest.json": b"[1]", "database": b"x"}),
    "deep": lambda whole: archive_of({"manifest.json": b"[" * 200_000, "database": b"x"}),
    "no moment": lambda whole: archive_of({"manifest.json": manifest(made_at=None), "database": b"x"}),
    "no zone": lambda whole: archive_of({"manifest.json": manifest(made_at="0001-01-01"), "database": b""}),
    "a bomb": lambda whole: archive_of({"manifest.json": manifest(), "database": bytes(10**7)}, zipfile.ZIP_DEFLATED),
    "a foreign database": lambda whole: archive_of({"manifest.json": manifest(), "database": os.urandom(40_960)}),
    "an empty database": lambda whole: archive_of({"manifest.json": manifest(), "database": b""}),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_backup_is_said_and_nothing_changes(home: Path, tmp_path: Path, how: str) -> None:
    source = tmp_path / "rusak"
    source.write_bytes(SPOILT[how]((tmp_path / "cadangan").read_bytes()))
    before = {path: path.read_bytes() for path in home.iterdir()}
    with pytest.raises((BadInput, StorageTrouble)) as refused:
        restore(home, source, FakeClock(), CountedIds("lain"), code=None)
    assert "idak ada yang diubah" in str(refused.value)
    assert {path: path.read_bytes() for path in home.iterdir() if path.name != "mppdesk.lock"} == {
        path: content for path, content in before.items() if path.name != "mppdesk.lock"
    }


class PowerCut(BaseException):
    """The plug is pulled: nothing after this runs, not even what cleans up."""


def replacements(folder: Path, monkeypatch: pytest.MonkeyPatch, cut_before: int) -> Iterator[None]:
    """Pull the plug before the n-th file is replaced, made or removed in a folder."""
    count = 0
    whole = {name: getattr(Path, name) for name in ("replace", "mkdir", "unlink", "write_bytes")}

    def cutting(name: str) -> Callable[..., Any]:
        def act(path: Path, *arguments: Any, **named: Any) -> Any:
            nonlocal count
            if folder in path.parents:
                count += 1
                if count >= cut_before:
                    raise PowerCut
            return whole[name](path, *arguments, **named)

        return act

    for name in whole:
        monkeypatch.setattr(Path, name, cutting(name))
    monkeypatch.setattr("mppdesk.db.safekeeping.restore.shutil.rmtree", lambda *_, **__: None)
    yield
    monkeypatch.undo()


def test_a_power_cut_in_a_restore_leaves_the_old_data_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut before every step of a restore of a foreign backup, whose key is another."""
    with open_office(tmp_path / "asal", ids=CountedIds("asal")) as office:
        sheet = new_sheet(tmp_path / "asal", office.home.secrets, "MPP Kabupaten Sukamaju")
        foreign = office.home.site_id
        back_up(office, tmp_path / "cadangan")
    seen: list[str] = []
    for cut_before in range(1, 60):
        home = tmp_path / f"home-{cut_before}"
        make_home(home, FakeClock(), CountedIds("sini"))
        with homes.reading(home) as opened:
            own = opened.site_id
        plug = replacements(home, monkeypatch, cut_before)
        next(plug)
        try:
            restore(home, tmp_path / "cadangan", FakeClock(), CountedIds("x"), code=sheet.code, place=SecretPlace.FILE)
            was_cut = False
        except PowerCut:
            was_cut = True
        next(plug, None)
        with open_office(home, FakeClock(), CountedIds("y")) as office:
            assert office.home.site_id in (own, foreign)
            assert is_sound(office)
            seen.append("new" if office.home.site_id == foreign else "old")
        restore(home, tmp_path / "cadangan", FakeClock(), CountedIds("z"), code=sheet.code, place=SecretPlace.FILE)
        assert len(list(home.glob("restored-*"))) == 1, "the next restore clears what the cut one left"
        if not was_cut:
            break
    assert seen == sorted(seen, reverse=True), "once the new data is there it stays"
    assert seen.count("old") >= 5 and seen.count("new") >= 3


def test_a_lost_home_file_never_costs_the_key(home: Path) -> None:
    (home / homes.HOME_FILE).unlink()
    key = (home / secret_store.KEY_FILE).read_bytes()
    with pytest.raises(StorageTrouble, match="sudah berisi data"):
        homes.create(home, CountedIds(), FakeClock(), place=SecretPlace.FILE)
    assert (home / secret_store.KEY_FILE).read_bytes() == key
