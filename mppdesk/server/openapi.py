"""The OpenAPI description (3.1) of what the server does, made from the commands themselves."""

from functools import cache
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mppdesk import __version__
from mppdesk.db.reading.queue_reader import QueueCounter, QueueTicket
from mppdesk.domain.commands import Answer
from mppdesk.domain.station import StationRole
from mppdesk.server.answers import answer
from mppdesk.sync.command_messages import FIELDS, KINDS

PACKED = "application/vnd.mppdesk.sync"
_REF = "#/components/schemas/{name}"
_TEXT = {"type": "string"}
_REFUSALS = {
    "400": "The request cannot be read.",
    "401": "No token of a station of this building.",
    "403": "The station or the user may not do this.",
    "409": "A rule of the office refuses it; nothing changed.",
    "413": "The body is too large.",
    "503": "The storage cannot be written now; nothing changed.",
}


async def get_openapi(request: Request) -> Response:
    """Serve the description."""
    return answer(description())


async def get_central_openapi(request: Request) -> Response:
    """Serve the description of the centre."""
    return answer(central_description())


@cache
def description() -> dict[str, Any]:
    """Describe every endpoint with its bodies and answers."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "mppdesk hub", "version": __version__},
        "security": [{"station": []}],
        "paths": {
            "/health": {
                "get": _operation("Well means that a row was written and synced.", _object("Health"), open_=True)
            },
            "/v1/commands": {"post": _operation("Decide a command.", _object("Answer"), _object("Command"))},
            "/v1/commands/{command_id}/withdrawal": {"post": _withdrawal()},
            "/v1/queue": {"get": _operation("Everybody who is in the building now.", _object("Queue"))},
            "/v1/events": {"get": _events()},
            "/v1/authority": {"get": _authority()},
            "/v1/enrol": {"post": _operation("Become a station.", _object("Welcome"), _object("Enrol"), open_=True)},
            "/v1/codes": {"post": _operation("Make a one-time code.", _object("Code"), _object("CodeFor"))},
            "/v1/authority/standby": {"post": _operation("The authority for a standby.", _object("StandbyAuthority"))},
            "/v1/takeover": {
                "post": _operation("Make this computer the hub.", _object("Takeover"), _object("TakeoverBy"))
            },
            "/v1/term": {"get": _operation("The term in the headers, as in each answer.", _record({}))},
            "/v1/sync/hello": {"post": _packed("Compare version vectors (docs/sync.md).")},
            "/v1/sync/push": {"post": _packed("Give and get segments of logs (docs/sync.md).")},
            "/v1/leader": {"post": _operation("Check a leader's PIN for a kiosk.", _object("Leads"), _object("Pin"))},
            "/v1/sync/keys/hello": {"post": _packed("Compare data keys (docs/sync.md).")},
            "/v1/sync/keys": {"post": _packed("Give and get data keys (docs/sync.md).")},
            "/v1/sync/people": {"get": _packed("What PINs are checked with at this station.", has_body=False)},
            "/v1/sync/ask": {
                "post": _packed("Decide a station's command, with the news of both sides (docs/sync.md).")
            },
            "/v1/sync/printers": {
                "post": _packed("How the asker's own printers stand (docs/sync.md)."),
                "get": _packed("How those of the other computers stand.", has_body=False),
            },
        },
        "components": {
            "securitySchemes": {"station": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


@cache
def central_description() -> dict[str, Any]:
    """Describe what the centre does: the journals of many sites, and health."""
    busy = {"429": {"description": "Too many at once; come again after Retry-After."}}
    hello = _packed("Compare version vectors (docs/sync.md).")
    push = _packed("Give and get segments of logs (docs/sync.md).")
    keys_hello = _packed("Compare data keys (docs/sync.md).")
    keys = _packed("Give and get data keys (docs/sync.md).")
    queue = _operation("Everybody who is in the asker's building, as old as the views.", _object("Queue"))
    for each in (hello, push, keys_hello, keys, queue):
        each["responses"] |= busy
    events = _operation("A poke with the sequence of the newest entry, when somebody else brought some.", {})
    events["responses"]["200"]["content"] = {"text/event-stream": {"schema": _TEXT}}
    health = _operation("Well means that a row was written and synced.", _record(_CENTRAL_HEALTH), open_=True)
    return {
        "openapi": "3.1.0",
        "info": {"title": "mppdesk central", "version": __version__},
        "security": [{"site": []}],
        "paths": {
            "/health": {"get": health},
            "/v1/queue": {"get": queue},
            "/v1/events": {"get": events},
            "/v1/sync/hello": {"post": hello},
            "/v1/sync/push": {"post": push},
            "/v1/sync/keys/hello": {"post": keys_hello},
            "/v1/sync/keys": {"post": keys},
        },
        "components": {
            "securitySchemes": {"site": {"type": "http", "scheme": "bearer"}},
            "schemas": {**_queue_schemas(), **{name: _PLAIN[name] for name in ("Refusal", "Queue")}},
        },
    }


def _operation(
    summary: str, good: dict[str, Any], body: dict[str, Any] | None = None, *, open_: bool = False
) -> dict[str, Any]:
    said: dict[str, Any] = {
        "summary": summary,
        "responses": {"200": {"description": "Done.", "content": {"application/json": {"schema": good}}}},
    }
    said["responses"] |= {status: _refusal(why) for status, why in _REFUSALS.items()}
    if body is not None:
        said["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    if open_:
        said["security"] = []
    return said


def _events() -> dict[str, Any]:
    said = _operation("Deltas as server-sent events, after the place in Last-Event-ID.", {})
    said["responses"]["200"]["content"] = {"text/event-stream": {"schema": _TEXT}}
    named = {"name": "after", "in": "query", "required": False, "schema": _TEXT}
    return said | {"parameters": [named, {**named, "name": "Last-Event-ID", "in": "header"}]}


def _authority() -> dict[str, Any]:
    said = _operation("The site's certificate, to compare with its fingerprint.", {}, open_=True)
    said["responses"]["200"]["content"] = {"application/x-pem-file": {"schema": _TEXT}}
    return said


def _withdrawal() -> dict[str, Any]:
    said = _operation("Give a command up, or learn that it was accepted.", _object("Withdrawal"))
    named = {"name": "command_id", "in": "path", "required": True, "schema": _COMMAND_ID}
    return said | {"parameters": [named]}


def _packed(summary: str, *, has_body: bool = True) -> dict[str, Any]:
    said = _operation(summary, {})
    packed = {PACKED: {"schema": {"type": "string", "format": "binary"}}}
    said["responses"]["200"]["content"] = packed
    return said | {"requestBody": {"required": True, "content": packed}} if has_body else said


def _refusal(why: str) -> dict[str, Any]:
    return {"description": why, "content": {"application/json": {"schema": _object("Refusal")}}}


def _object(name: str) -> dict[str, Any]:
    return {"$ref": _REF.format(name=name)}


def _schemas() -> dict[str, Any]:
    kinds = tuple(KINDS.values())
    _, found = msgspec.json.schema_components((*kinds, Answer, QueueTicket, QueueCounter), ref_template=_REF)
    commands = []
    for name, kind in KINDS.items():
        schema = found[kind.__name__]
        asked = {field: each for field, each in schema["properties"].items() if field in FIELDS[kind]}
        schema["properties"] = {"kind": {"const": name}, "actor": _ACTOR, **asked}
        schema["required"] = ["kind", *schema.get("required", [])]
        schema["additionalProperties"] = False
        schema["properties"]["command_id"] = _COMMAND_ID
        commands.append(_object(kind.__name__))
    return {**found, "Command": {"oneOf": commands}, **_PLAIN}


def _queue_schemas() -> dict[str, Any]:
    return msgspec.json.schema_components((QueueTicket, QueueCounter), ref_template=_REF)[1]


def _record(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": {**required, **(optional or {})}}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_TEXTS = {"type": "object", "additionalProperties": _TEXT}
_COMMAND_ID = {"type": "string", "pattern": "^[!-~]{1,128}$"}
_ACTOR = {"anyOf": [{"type": "null"}, _record({}, {"user": _TEXT, "via": _TEXT})]}
_ROLE = {"enum": [each.value for each in StationRole if each is not StationRole.HUB]}
_LABEL = {"type": "string", "minLength": 1, "maxLength": 60}
_HEX_32, _HEX_64 = ({"type": "string", "pattern": f"^[0-9a-f]{{{count}}}$"} for count in (32, 64))
_CENTRAL_HEALTH: dict[str, Any] = {"healthy": {"const": True}, "version": _TEXT}
_PLAIN: dict[str, Any] = {
    "Refusal": _record(
        {
            "refused": _record(
                {"what_happened": _TEXT, "what_to_do": _TEXT},
                {"what_to_do_parts": _record({"sentence": _TEXT, "values": _TEXTS, "ways": _TEXTS})},
            )
        }
    ),
    "Withdrawal": _record({"accepted": {"anyOf": [{"type": "null"}, _object("Answer")]}}),
    "Pin": _record({"pin": {"type": "string", "minLength": 1, "maxLength": 128}}),
    "Leads": _record({"leads": {"const": True}, "user": _TEXT}),
    "Health": _record({"healthy": {"const": True}, "site_id": _TEXT, "version": _TEXT}),
    "Queue": _record(
        {
            "place": _TEXT,
            "day": _TEXT,
            "tickets": _list(_object("QueueTicket")),
            "counters": _list(_object("QueueCounter")),
        }
    ),
    "Enrol": _record({"code": _TEXT, "device_id": _HEX_32, "public_key": _HEX_64}),
    "Welcome": _record(
        {
            "token": _TEXT,
            "issuer_no": {"type": "integer"},
            "label": _TEXT,
            "role": _TEXT,
            "agencies": _list(_TEXT),
            "site_id": _HEX_32,
            "site_name": _TEXT,
            "zone": _TEXT,
            "hub": _record({"device_id": _HEX_32, "public_key": _HEX_64}),
            "site_key": {"type": ["string", "null"]},
            "pepper": {"type": ["string", "null"]},
        }
    ),
    "StandbyAuthority": _record(
        {"authority": {"anyOf": [{"type": "null"}, _record({"certificate": _TEXT, "key": _TEXT})]}}
    ),
    "TakeoverBy": _record({"user": _TEXT}, {"reason": _TEXT}),
    "Takeover": _record({"term": {"type": "integer"}, "numbers_from": {"type": "integer"}}),
    "CodeFor": _record({"role": _ROLE, "label": _LABEL}, {"agencies": _list(_TEXT), "actor": _ACTOR}),
    "Code": _record({"code": {"type": "string", "pattern": "^[0-9]{6}$"}, "expires_ms": {"type": "integer"}}),
}
