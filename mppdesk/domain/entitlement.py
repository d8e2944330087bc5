"""Who may write or ask for what: a device its own work, what rules the building only who leads it (decision 0016)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from mppdesk.domain.commands import CancelTicket, Command, IssueTicket
from mppdesk.domain.entries import Entry, SubjectType
from mppdesk.domain.facts import SettingChanged, StationEnrolled, TicketIssued
from mppdesk.domain.office_day import STATION_NUMBERS
from mppdesk.domain.station import StationRole


class Rank(IntEnum):
    """What a device may write; each rank also what those below it may."""

    HALL = 0
    COUNTER = 1
    SUPERVISOR = 2
    HUB = 3


_OF_ROLE: dict[str, Rank] = {
    StationRole.HUB: Rank.HUB,
    StationRole.STANDBY: Rank.HUB,  # it may take the hub over at any moment, in its own log
    StationRole.SUPERVISOR: Rank.SUPERVISOR,
    StationRole.KIOSK: Rank.HALL,
    StationRole.BOARD: Rank.HALL,
}
# By subject, so that a kind which only a later version knows waits as well: there it may rule.
_OF_SUBJECT: dict[str, Rank] = {
    SubjectType.LOG: Rank.HALL,
    SubjectType.VISIT: Rank.COUNTER,
    SubjectType.SUBMISSION: Rank.COUNTER,
    SubjectType.COUNTER_DAY: Rank.COUNTER,
    SubjectType.STATION: Rank.HUB,
    SubjectType.SERVICE_DAY: Rank.HUB,
    SubjectType.SERVICE_VERSION: Rank.SUPERVISOR,
    SubjectType.SITE_SETTING: Rank.SUPERVISOR,
    SubjectType.USER: Rank.SUPERVISOR,
    SubjectType.ANOMALY: Rank.SUPERVISOR,
}
_OF_KIND: dict[str, Rank] = {
    # What a kiosk does by itself while it is cut off.
    "TicketIssued": Rank.HALL,
    "DayOpenedAlone": Rank.HALL,
    "SlipReprinted": Rank.HALL,  # the staff at its own printer
    "StationRevoked": Rank.SUPERVISOR,
    "StationAdmitted": Rank.SUPERVISOR,
    "PersonForgotten": Rank.SUPERVISOR,
    "SubmissionRegistered": Rank.HUB,  # the book of an agency; a cut-off counter registers provisionally
}
# What stands in the hall asks the hub for; a kiosk takes back a number that the hub made for it and nobody was given.
_ASKED_FROM_THE_HALL: dict[str, tuple[type[Command], ...]] = {
    StationRole.KIOSK: (IssueTicket, CancelTicket),
    StationRole.BOARD: (),
}
# Whoever says where these are sends every station, with its journal, to a computer of his.
_ADDRESSES = ("hub/", "centre")


def rank_for(kind: str, subject_type: str, fact: object = None) -> Rank:
    """The rank that it takes to write a kind of fact about a type of subject; some hang on what the fact says."""
    if isinstance(fact, SettingChanged) and fact.name.startswith(_ADDRESSES):
        return Rank.HUB
    return _OF_KIND.get(kind, _OF_SUBJECT.get(subject_type, Rank.COUNTER))


def rank_of_role(role: str) -> Rank:
    """The rank of a place; one that only a later version knows is taken for a counter."""
    return _OF_ROLE.get(role, Rank.COUNTER)


def may_ask(role: str, command: Command) -> bool:
    """Whether a place may ask the hub to decide a command; where people sign in, every one may be asked for."""
    allowed = _ASKED_FROM_THE_HALL.get(role)
    return allowed is None or isinstance(command, allowed)


def as_asked_at(role: str, issuer_no: int, command: Command) -> Command:
    """The command with the kiosk that asks in it, whatever was said there: it takes back only its own numbers."""
    if role == StationRole.KIOSK and isinstance(command, IssueTicket | CancelTicket):
        return replace(command, kiosk_no=issuer_no)
    return command


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What a device may write; `issuers` are the numbers under which it may issue tickets while it is cut off."""

    rank: Rank = Rank.HALL
    issuers: frozenset[int] = frozenset()

    def allows(self, entry: Entry) -> bool:
        """Whether the device may write an entry; who may be the hub issues under any number."""
        if self.rank < rank_for(entry.kind, entry.subject.type, entry.fact):
            return False
        return self.rank is Rank.HUB or not isinstance(entry.fact, TicketIssued) or self._issues(entry.fact)

    def _issues(self, ticket: TicketIssued) -> bool:
        """A number outside those of stations would take it, and all below it, from the hub."""
        return ticket.issuer_no in self.issuers and ticket.number in STATION_NUMBERS


def entitlement_of(entries: Iterable[Entry], public_key: bytes) -> Entitlement:
    """What the entries about a device entitle it to: each place that this very key of it was ever given.

    A place that it had once still counts, so that what it wrote there is taken whenever that arrives.
    """
    places = [each.fact for each in entries if isinstance(each.fact, StationEnrolled)]
    own = [fact for fact in places if fact.public_key == public_key]
    rank = max((rank_of_role(fact.role) for fact in own), default=Rank.HALL)
    return Entitlement(rank, frozenset(fact.issuer_no for fact in own))
