"""A program that works in an office as fast as it can and says each fact once it is acknowledged.

`python -m tests.fakes.busy_office HOME COUNT [forgetful]` prints one JSON line a fact; `forgetful` takes away the
durability of its commits, for the tests that must notice it.
"""

import json
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from mppdesk.db.home import SystemClock, writing
from mppdesk.db.identity import RandomIds
from mppdesk.db.readers import StoredReaders
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


def say(number: int, answer: Answer) -> None:
    fact = {"n": number, "act": answer.act}
    if answer.ticket is not None:
        fact |= {"visit": answer.ticket.id, "number": answer.ticket.number}
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


def main(home: Path, most: int, *, is_forgetful: bool) -> None:
    ids, clock = RandomIds(), SystemClock()
    with writing(home, clock, ids) as opened:
        readers = StoredReaders(opened.database, opened.site_id, opened.reference, clock)
        counter = next(each.counter for each in readers.counter_choices() if each.label == "Loket 1")
        if is_forgetful:
            with opened.database.writing() as store:
                connection = store.connection
            connection.execute("PRAGMA synchronous = OFF")
        numbers = count(1) if most == 0 else range(1, most + 1)
        for number, command in zip(numbers, work(ids, counter), strict=False):
            try:
                say(number, opened.required_hub().ask(command, Actor(SYSTEM_USER, "hub")))
            except Refused:  # the counter, or the person at it, is as the last run left them
                continue


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), is_forgetful="forgetful" in sys.argv[3:])
