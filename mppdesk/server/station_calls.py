"""What a hub does for a station that calls, below HTTP: journals exchanged, commands prepared, decisions told."""

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.replication.replica import Outcome
from mppdesk.domain.commands import Command
from mppdesk.domain.entitlement import as_asked_at, may_ask
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, NotAllowed
from mppdesk.domain.station import Station
from mppdesk.server.answers import OK, refused
from mppdesk.sync.command_messages import CounterIds, read_command, read_json, write_answer
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.protocol import NOT_DECIDED, Ask, Result, Told
from mppdesk.texts import msg


@dataclass(frozen=True, slots=True)
class Prepared:
    """A station's question as far as the decision: `asked` is the command, None when there is nothing to decide.

    `refusal` says why; neither means that the hub lacks entries of the station.
    """

    results: tuple[Result, ...]
    asked: Asked | None = None
    refusal: ClerkError | None = None


@dataclass(frozen=True)
class StationCalls:
    """One question in two halves, with the decision between them; any thread may call.

    The second may block, and the first where the question brings segments.
    """

    own_log: str
    answerer: Answerer
    counter_id: CounterIds
    actor: Callable[[object], Actor]

    def prepare(self, station: Station, question: Ask) -> Prepared:
        """Take what the station did before it asked, and read its command."""
        results: tuple[Result, ...] = ()
        if question.segments:
            results = self.answerer.brought(question.segments, question.keys, station)
        if any(each.outcome == Outcome.NEED for each in results):
            return Prepared(results)
        try:
            command, actor = self._read(question.command)
            command = as_asked_by(station, command)
        except ClerkError as refusal:
            return Prepared(results, refusal=refusal)
        return Prepared(results, Asked(command, actor, prints_itself=True))

    def told(self, station: Station, question: Ask, prepared: Prepared, decided: Answered | ClerkError | None) -> Told:
        """Make the answer of what was decided, with the newest entries here; None when nothing was."""
        if isinstance(decided, Answered):
            return self._accepted(station, question, prepared, decided)
        refusal = decided or prepared.refusal
        if refusal is None:
            return Told(self.answerer.now_ms(), NOT_DECIDED, b"", prepared.results, (), ())
        said = refused(refusal)
        return Told(self.answerer.now_ms(), said.status_code, bytes(said.body), prepared.results, (), ())

    def _accepted(self, station: Station, question: Ask, prepared: Prepared, decided: Answered) -> Told:
        after = question.have.after if question.have.log_id == self.own_log else 0
        news, keys = self.answerer.news(self.own_log, after, station)
        written = msgspec.json.encode(write_answer(decided.answer))
        return Told(self.answerer.now_ms(), OK, written, prepared.results, news, decided.slips, keys)

    def _read(self, raw: bytes) -> tuple[Command, Actor]:
        message = read_json(raw)
        return read_command(message, self.counter_id), self.actor(message.get("actor"))


def as_asked_by(station: Station, command: Command) -> Command:
    """The command as this station may ask for it; raises NotAllowed for one that is not for such a place.

    What stands in the hall asks for nothing but numbers of its own: anybody may put his hand on it.
    """
    if not may_ask(station.role, command):
        raise NotAllowed(
            msg("{station} tidak boleh memutuskan ini. Tidak ada yang berubah.", station=station.label),
            msg("Lakukan di komputer loket atau penyelia."),
        )
    return as_asked_at(station.role, station.issuer_no, command)
