"""The hub's commands as JSON: `{"command_id", "kind": "call_next", "counter": "Loket 2"}` and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from string import Formatter
from typing import Any

import msgspec

from mppdesk.domain import commands
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.errors import BadInput, ClerkError, NotAllowed, Refused, StorageTrouble
from mppdesk.domain.ways import Way
from mppdesk.texts import Text, msg

KINDS: dict[str, type[Command]] = {
    "issue": commands.IssueTicket,
    "call_next": commands.CallNext,
    "call": commands.CallTicket,
    "confirm_call": commands.ConfirmCall,
    "recall": commands.RecallTicket,
    "start": commands.StartService,
    "claim_paper": commands.ClaimPaper,
    "hold": commands.HoldTicket,
    "resume": commands.ResumeTicket,
    "no_show": commands.MarkNoShow,
    "finish": commands.FinishTicket,
    "register": commands.RegisterSubmission,
    "return": commands.ReturnSubmission,
    "resume_submission": commands.ResumeSubmission,
    "transfer": commands.TransferTicket,
    "requeue": commands.RequeueTicket,
    "cancel": commands.CancelTicket,
    "undo": commands.UndoAct,
    "open_counter": commands.OpenCounter,
    "take_break": commands.TakeBreak,
    "end_break": commands.EndBreak,
    "stop_new_numbers": commands.StopNewNumbers,
    "resume_new_numbers": commands.ResumeNewNumbers,
    "leave_shift_note": commands.LeaveShiftNote,
    "close_counter": commands.CloseCounter,
    "open_day": commands.OpenDay,
    "close_day": commands.CloseDay,
    "reopen_day": commands.ReopenDay,
    "correct_date": commands.CorrectDate,
}
NAMES: dict[type[Command], str] = {kind: name for name, kind in KINDS.items()}
# Whose block a number is of: the hub gives from its own, a station that is cut off from its own, by itself. Which kiosk
# asks, the hub knows by its token.
_NEVER_SENT = frozenset({"issuer_no", "kiosk_no"})
FIELDS = {kind: frozenset(each.name for each in fields(kind)) - _NEVER_SENT for kind in KINDS.values()}

_FORBIDDEN, _SERVER_TROUBLE = 403, 500

# Fields of the message that are not the command's own.
_OF_MESSAGE = frozenset({"kind", "actor"})
_LONGEST_TEXT = 4000
_is_command_id = re.compile(r"[\x21-\x7e]{1,128}").fullmatch


class _Parts(msgspec.Struct):
    """A sentence whose `ways` are worded by whoever shows it; `values` fill its other places."""

    sentence: str
    values: dict[str, str] = {}
    ways: dict[str, str] = {}


class _Said(msgspec.Struct):
    what_happened: str
    what_to_do: str
    what_to_do_parts: _Parts | None = None


class _Refusal(msgspec.Struct):
    refused: _Said


CounterIds = Callable[[str], str | None]
"""The id of a counter by its id or its label; None for an unknown one."""


def read_json(raw: bytes) -> Any:
    """Read JSON from outside; raises BadInput for anything else."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BadInput(
            msg("Isi permintaan bukan JSON yang sah. Tidak ada yang berubah."), msg("Betulkan, lalu kirim lagi.")
        ) from error


def read_command(message: Any, counter_id: CounterIds) -> Command:
    """Make the command of a decoded JSON message; raises BadInput for anything else."""
    if not isinstance(message, dict):
        raise _unreadable(msg("Isi permintaan harus satu objek JSON."))
    kind = KINDS.get(message.get("kind", "")) if isinstance(message.get("kind"), str) else None
    if kind is None:
        raise _unreadable(msg("Jenis perintah tidak dikenal. Yang dikenal: {kinds}.", kinds=", ".join(sorted(KINDS))))
    check_command_id(message.get("command_id"))
    values = {name: value for name, value in message.items() if name not in _OF_MESSAGE}
    unknown = values.keys() - FIELDS[kind]
    if unknown:
        raise _unreadable(msg("Isian {names} tidak dikenal untuk perintah ini.", names=", ".join(sorted(unknown))))
    if isinstance(values.get("counter"), str):
        values["counter"] = counter_id(values["counter"]) or values["counter"]
    for value in values.values():
        _check_texts(value)
    try:
        return msgspec.convert(values, kind)
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        raise _unreadable(msg("Isian perintah tidak cocok: {why}", why=str(error))) from error


def check_command_id(value: Any) -> str:
    """The id as it is; raises BadInput for what no station makes."""
    if isinstance(value, str) and _is_command_id(value):
        return value
    raise _unreadable(msg("command_id harus teks 1 sampai 128 huruf ASCII tanpa spasi."))


def write_command(command: Command) -> dict[str, Any]:
    """Write a command as the message that `read_command` reads, without what is at its default."""
    message: dict[str, Any] = {"kind": NAMES[type(command)]}
    for each in fields(command):
        value = getattr(command, each.name)
        if each.default is MISSING or value != each.default:
            message[each.name] = msgspec.to_builtins(value)
    return message


def write_answer(answer: Answer) -> dict[str, Any]:
    """Write an answer: `ticket` and `why` always, the rest when there is one."""
    ticket = answer.ticket
    written: dict[str, Any] = {
        "ticket": msgspec.to_builtins(ticket) if ticket else None,
        "why": answer.why,
        "act": answer.act,
    }
    if answer.register_number is not None:
        written["register_number"] = answer.register_number
    return written


def read_answer(message: Mapping[str, Any]) -> Answer:
    """Read what `write_answer` wrote; raises msgspec.ValidationError for anything else."""
    return msgspec.convert(message, Answer)


def refusal_of(status: int, raw: bytes) -> ClerkError:
    """The error that an answer other than 200 stands for, in the hub's own sentences."""
    try:
        said = msgspec.json.decode(raw, type=_Refusal).refused
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        said = _Said("", "")
    kind = StorageTrouble if status >= _SERVER_TROUBLE else NotAllowed if status == _FORBIDDEN else Refused
    to_do = _worded_later(said.what_to_do_parts) if said.what_to_do_parts else None
    return kind(msg("{said}", said=said.what_happened), to_do or msg("{said}", said=said.what_to_do))


def write_refusal(what_happened: Text, what_to_do: Text) -> dict[str, Any]:
    """Write the sentences that `refusal_of` reads.

    An act that the second one asks for goes along by itself too, since a window says its key and a terminal its verb.
    """
    said: dict[str, Any] = {"what_happened": str(what_happened), "what_to_do": str(what_to_do)}
    ways = {name: value for name, value in what_to_do.values.items() if isinstance(value, Way)}
    if ways:
        values = {name: str(value) for name, value in what_to_do.values.items() if name not in ways}
        said["what_to_do_parts"] = {"sentence": what_to_do.source, "values": values, "ways": ways}
    return {"refused": said}


def _worded_later(parts: _Parts) -> Text | None:
    """The sentence with its acts; None where a place is not filled, or only a later version knows the act."""
    try:
        ways = {name: Way(value) for name, value in parts.ways.items()}
        found = tuple(Formatter().parse(parts.sentence))
    except ValueError:
        return None
    values = {**parts.values, **ways}
    are_plain = all(name is None or (name in values and not (form or change)) for _, name, form, change in found)
    return Text(parts.sentence, values) if are_plain else None


def _check_texts(value: Any) -> None:
    """No text may be longer than a person types, nor hold what no database can."""
    if isinstance(value, str):
        if len(value) > _LONGEST_TEXT or "\0" in value or not _is_unicode(value):
            raise _unreadable(msg("Salah satu teks terlalu panjang atau berisi tanda yang tidak dapat disimpan."))
    elif isinstance(value, dict):
        for name, each in value.items():
            _check_texts(name)
            _check_texts(each)
    elif isinstance(value, list):
        for each in value:
            _check_texts(each)


def _is_unicode(text: str) -> bool:
    """JSON can spell half of a surrogate pair, which is no character."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unreadable(what: Any) -> BadInput:
    return BadInput(what, msg("Betulkan permintaannya. Tidak ada yang berubah."))
