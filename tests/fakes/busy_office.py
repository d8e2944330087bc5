"""A program that works in an office as fast as it can and says each fact once it is acknowledged.

`python -m tests.fakes.busy_office HOME COUNT [forgetful]` prints one JSON line a fact; `forgetful` takes away the
durability of its commits, for the tests that must notice it.
"""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from mppdesk.db.home import SystemClock, writing
from mppdesk.db.identity import RandomIds
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain import commands
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import Refused
from mppdesk.operations.ports import Ids


def work(ids: Ids, counter: str) -> Iterator[Command]:
    """One person after the other is given a number, called, served and finished; one of two only gets a number."""
    yield commands.OpenCounter(command_id=ids.new(), counter=counter)
    while True:
        yield commands.IssueTicket(command_id=ids.new(), service="DUKA-02", printer="printer")
        yield commands.IssueTicket(command_id=ids.new(), service="DUKA-01", priority="elderly")
        yield commands.CallNext(command_id=ids.new(), counter=counter)
        yield commands.StartService(command_id=ids.new(), counter=counter)
        yield commands.FinishTicket(command_id=ids.new(), counter=counter)


def _fact(answer: Answer) -> str:
    fact = {"act": answer.act}
    if answer.ticket is not None:
        fact |= {"visit": answer.ticket.id, "number": answer.ticket.number}
    return json.dumps(fact)


def _print(fact: str) -> None:
    sys.stdout.write(fact + "\n")
    sys.stdout.flush()


def be_busy(
    home: Path, say: Callable[[str], None] = _print, most: int | None = None, *, is_forgetful: bool = False
) -> None:
    """Work until killed, or until so many commands were asked; each fact is said as JSON once it is acknowledged."""
    ids, clock = RandomIds(), SystemClock()
    with writing(home, clock, ids) as opened:
        readers = StoredReaders(opened.database, opened.site_id, opened.reference, clock)
        counter = next(each.counter for each in readers.counter_choices() if each.label == "Loket 1")
        if is_forgetful:
            with opened.database.writing() as store:
                connection = store.connection
            connection.execute("PRAGMA synchronous = OFF")
        for command in islice(work(ids, counter), most):
            try:
                say(_fact(opened.required_hub().ask(command, Actor(SYSTEM_USER, "hub"))))
            except Refused:  # the counter, or the person at it, is as the last run left them
                continue


if __name__ == "__main__":
    be_busy(Path(sys.argv[1]), most=int(sys.argv[2]), is_forgetful="forgetful" in sys.argv[3:])
