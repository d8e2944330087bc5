"""A building in memory for trying the hub's rules: ask it as the hub is asked, and what is decided has happened."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.catalog import Service
from mppdesk.domain.commands import Command
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import Case, Decided, decide
from mppdesk.domain.site import Site
from mppdesk.domain.visit import Visit
from tests.fakes.clock import CountedIds
from tests.fakes.memory_hub_view import MemoryHubView
from tests.fakes.office import AGENCIES, COUNTERS, SERVICES, SITE
from tests.fakes.sample_papers import RECEIPT

ZONE = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC).astimezone(ZONE)


class Building:
    """Monday, 23 November 2026, 09.00; Dewi asks unless told."""

    def __init__(self, site: Site = SITE, services: tuple[Service, ...] = SERVICES) -> None:
        self.view = MemoryHubView(site, AGENCIES, services, COUNTERS)
        self.now = MONDAY
        self.ids = CountedIds("building")
        self.user = "dewi"
        self.door = "desktop"
        self.is_from_afar = False
        self.device_id = ""
        self.is_cut_off = False
        self.holidays: frozenset[date] = frozenset()

    @property
    def today(self) -> str:
        """The service day that goes on."""
        day = self.view.last_day()
        return day.day if day else ""

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)

    def decide(self, command: Command) -> Decided:
        """What the hub would decide; nothing happens."""
        actor = Actor(self.user, self.door)
        ids, mode = (self.ids.new, self.ids.token), (self.is_from_afar, self.is_cut_off)
        case = Case(self.view, actor, self.now, *ids, self.holidays, *mode, device_id=self.device_id)
        return decide(command, case)

    def ask(self, command: Command) -> Decided:
        """Ask, and let it happen."""
        decided = self.decide(command)
        self.record(*decided.drafts)
        return decided

    def record(self, *drafts: Draft) -> None:
        self.view.record(drafts, int(self.now.timestamp() * 1000), self.user)
        assert self.view.anomalies == []

    def refused(self, command: Command) -> str:
        """What the hub says when it refuses; both are whole sentences."""
        with pytest.raises(Refused) as refusal:
            self.decide(command)
        for sentence in (str(refusal.value.what_happened), str(refusal.value.what_to_do)):
            assert sentence[0].isupper() or sentence[0].isdigit(), sentence
            assert sentence.endswith((".", ".)")), sentence
            assert " " in sentence, sentence
            assert "{" not in sentence, sentence
        return str(refusal.value)

    # --- in the words of the hall ------------------------------------------------------------------------------------

    def issue(self, service: str = "DUKA-01", priority: str | None = None, **more: Any) -> Visit:
        """Take a ticket."""
        command = commands.IssueTicket(command_id=self.ids.new(), service=service, priority=priority, **more)
        return self.visit_of(self.ask(command))

    def open(self, *labels: str) -> None:
        for label in labels:
            self.ask(self.command(commands.OpenCounter, label))

    def command(self, kind: type[Command], label: str | None = "Loket 1", **more: Any) -> Any:
        """A command with an id of its own, at a counter unless `label` is None."""
        at = {"counter": label.lower()} if label else {}
        return kind(command_id=self.ids.new(), **at, **more)

    def do(self, kind: type[Command], label: str | None = "Loket 1", **more: Any) -> Visit:
        """Let a counter act on its ticket."""
        return self.visit_of(self.ask(self.command(kind, label, **more)))

    def serve(self, service: str = "DUKA-01", label: str = "Loket 1") -> Visit:
        """Bring a new person of a service to a counter that has nobody before."""
        self.issue(service)
        self.do(commands.CallNext, label)
        return self.do(commands.StartService, label)

    def undo(self, visit: Visit, label: str | None = "Loket 1") -> Visit:
        return self.do(commands.UndoAct, label, visit=visit.visit_id, act=visit.last_act)

    def again(self, visit: Visit) -> Visit:
        """The visit as it stands now."""
        found = self.view.visit(visit.visit_id)
        assert found is not None
        return found

    def visit_of(self, decided: Decided) -> Visit:
        subject = next(each.subject for each in decided.drafts if each.subject.type == SubjectType.VISIT)
        found = self.view.visit(subject.id)
        assert found is not None
        return found

    # --- files ----------------------------------------------------------------------------------------------------

    def file(self, visit: Visit, lacking: tuple[str, ...] = (), undecided: tuple[str, ...] = ()) -> str:
        """A submission of the visit with every row ticked but these; answers its id."""
        subject, stop = Subject(SubjectType.SUBMISSION, self.ids.new()), visit.stop
        opened = facts.SubmissionOpened(
            visit=visit.visit_id,
            service=stop.service,
            agency=stop.agency,
            service_version=stop.service_version,
            counter=visit.counter or "",
            token=self.ids.token(),
        )
        version = self.view.service_version(stop.service_version)
        assert version is not None
        checked = [
            facts.RequirementChecked(code=row.code, state="lacking", reason="expired")
            if row.code in lacking
            else facts.RequirementChecked(code=row.code, state="fulfilled")
            for row in version.service.requirements
            if row.code not in undecided
        ]
        self.record(*(Draft(self.ids.new(), subject, fact) for fact in (opened, *checked)))
        return subject.id

    def register(
        self, submission: str, visit: Visit, label: str = "Loket 1", **more: Any
    ) -> commands.RegisterSubmission:
        """The command to accept a file."""
        paper = replace(RECEIPT, ticket_number=visit.label, register_number="", moment=None, due=None, qr_token="")
        register: commands.RegisterSubmission = self.command(
            commands.RegisterSubmission, label, visit=visit.visit_id, submission=submission, paper=paper, **more
        )
        return register

    def hand_back(
        self, submission: str, visit: Visit, label: str = "Loket 1", **more: Any
    ) -> commands.ReturnSubmission:
        """The command to return a file."""
        back: commands.ReturnSubmission = self.command(
            commands.ReturnSubmission,
            label,
            visit=visit.visit_id,
            submission=submission,
            clerk_name="Dewi C.",
            **more,
        )
        return back
