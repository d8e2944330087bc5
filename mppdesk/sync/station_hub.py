"""Who decides for a station's windows: the hub of the building, or, while it is out of reach, the station alone."""

import logging
from collections.abc import Callable
from typing import Protocol

import msgspec

from mppdesk.db.replication.outbox import Pending
from mppdesk.domain.commands import Answer, CancelTicket, Command, IssueTicket
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, Refused, StorageTrouble
from mppdesk.domain.hub.alone import as_asked_of_hub, as_decided_alone
from mppdesk.sync.command_messages import read_command
from mppdesk.sync.hub_client import CutOff, RemoteHub, Withdraws
from mppdesk.sync.link import Unreachable
from mppdesk.texts import msg

_WHY_CANCELLED = msg("Kiosk terputus dari hub; orangnya mendapat nomor lain.")
_log = logging.getLogger("mppdesk.sync")


class Decides(Protocol):
    def ask(self, command: Command, actor: Actor) -> Answer: ...

    def issued_alone(self, command_id: str, actor: Actor) -> Answer | None: ...

    def has_decided(self, command_id: str, actor: Actor) -> bool: ...


class StationHub:
    """The Hub port of a station. `issuer_no` names its own block of numbers; `on_cut_off` hears of lost answers."""

    def __init__(
        self,
        remote: RemoteHub,
        alone: Decides,
        issuer_no: int,
        new_id: Callable[[], str],
        on_cut_off: Callable[[], None] = lambda: None,
    ) -> None:
        self._remote = remote
        self._alone = alone
        self._issuer_no = issuer_no
        self._new_id = new_id
        self._on_cut_off = on_cut_off

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the hub's answer, or the station's own where it may decide; raises Refused for the rest."""
        with self._remote.undisturbed():
            if isinstance(command, IssueTicket) and (given := self._alone.issued_alone(command.command_id, actor)):
                # Asked again, the hub might have made one too, whose slip would come out as well.
                return given
            try:
                return self._remote.ask(as_asked_of_hub(command), actor)
            except CutOff:
                self._on_cut_off()
                return self._alone.ask(as_decided_alone(command, self._issuer_no), actor)

    def settle(self, way: Withdraws) -> int:
        """Once the hub is back, clear up the questions whose answers got lost; raises Unreachable when it is gone."""
        return self._remote.settle(way, self._clear_up)

    def _clear_up(self, pending: Pending, accepted: Answer) -> bool:
        """A number that the hub made and nobody was given: the person got another one from this station's block.

        A call that never arrived goes back to the queue by itself; whatever else the hub decided as well as this
        station folds to one decision, because both carry the same id. What the hub alone decided, its answer lost, is
        known here from the journal, which carries no slips: its papers are still owed.
        """
        command = read_command(msgspec.json.decode(pending.message), lambda name: name)
        if not isinstance(command, IssueTicket):
            return not self._alone.has_decided(pending.command_id, pending.actor)
        if accepted.ticket is not None:
            ghost = CancelTicket(command_id=self._new_id(), visit=accepted.ticket.id, reason=str(_WHY_CANCELLED))
            try:
                self._remote.ask(ghost, pending.actor)
            except (CutOff, StorageTrouble) as trouble:
                raise Unreachable(f"{type(trouble).__name__} while settling") from trouble
            except Refused:
                _log.info("a number without an owner was decided otherwise")  # called by now, or no-show
            except ClerkError as trouble:
                _log.warning("a number without an owner stays in the queue: %s", type(trouble).__name__)
        return False
