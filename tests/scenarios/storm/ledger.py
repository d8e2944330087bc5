"""What was acknowledged to somebody, written to a file by the process that heard it, as it heard it."""

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from mppdesk.domain.commands import Answer
from mppdesk.sync.command_messages import NAMES


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """A decision that somebody was told: `act` is its entry, `person` who was given a number."""

    station: str
    kind: str
    command_id: str
    act: str | None = None
    visit: str | None = None
    number: str | None = None
    register_number: str | None = None
    person: str | None = None


class Written(msgspec.Struct, frozen=True, omit_defaults=True):
    """Personal data that a clerk saw accepted at her own computer."""

    station: str
    submission: str
    name: str
    nik: str


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a file."""

    told: Told | None = None
    written: Written | None = None


class Ledger:
    """The file of one computer; its writer may be killed at any moment, the next one goes on below."""

    def __init__(self, path: Path, station: str) -> None:
        self._station = station
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def told(self, kind: type, command_id: str, answer: Answer, person: str | None = None) -> None:
        ticket = answer.ticket
        self._add(
            Line(
                Told(
                    self._station, NAMES.get(kind, kind.__name__), command_id, answer.act,
                    ticket.id if ticket else None, ticket.number if ticket else None, answer.register_number, person,
                )
            )
        )  # fmt: skip

    def written(self, submission: str, name: str, nik: str) -> None:
        self._add(Line(written=Written(self._station, submission, name, nik)))

    def close(self) -> None:
        os.close(self._file)

    def _add(self, line: Line) -> None:
        """One write of a whole line: what is killed after it was heard."""
        os.write(self._file, msgspec.json.encode(line) + b"\n")


def read(paths: Iterable[Path]) -> tuple[list[Told], list[Written]]:
    """Everything that anybody was told, file by file."""
    lines = [msgspec.json.decode(raw, type=Line) for path in paths for raw in path.read_bytes().splitlines()]
    return [each.told for each in lines if each.told], [each.written for each in lines if each.written]
