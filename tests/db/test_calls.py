"""The calls of a day: each has an ordinal of its own, and one that was taken back is on no screen."""

from pathlib import Path

from mppdesk.db.journal.verify import verify
from mppdesk.domain import commands
from tests.fakes.office import Office, open_office


def undo_last(office: Office) -> None:
    with office.readers.moment() as moment:
        visit = moment.view.at_counter(office.counter("Loket 1"), moment.day)
    assert visit is not None
    assert visit.last_act is not None
    office.ask(
        commands.UndoAct(
            command_id=office.ids.new(), visit=visit.visit_id, act=visit.last_act, counter=office.counter("Loket 1")
        )
    )


def on_the_board(office: Office) -> list[tuple[str, int, int]]:
    return [(call.number, call.ordinal, call.times) for call in office.readers.board_screen().calls]


def test_a_call_that_was_taken_back_keeps_its_ordinal_and_leaves_the_screens(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        office.issue()
        office.act(commands.CallNext)
        office.act(commands.RecallTicket)
        undo_last(office)
        assert on_the_board(office) == [("B-001", 1, 1)]
        office.act(commands.RecallTicket)
        assert on_the_board(office) == [("B-001", 3, 2)]
        undo_last(office)
        undo_last(office)
        assert on_the_board(office) == []
        with office.readers.moment() as moment:
            services = moment.view.serves(office.counter("Loket 1"), moment.day)
            assert moment.view.recent_calls(services, moment.day, 3) == ()
        office.act(commands.CallNext)
        assert on_the_board(office) == [("B-001", 4, 1)]
        with office.home.database.reading() as store:
            assert verify(store, office.home.site_id).is_sound
