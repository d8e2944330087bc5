"""The endpoints of a building: commands, queue, events, journals, enrolment, health."""

import asyncio
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.reading.queue_reader import counters, open_tickets
from mppdesk.domain.errors import BadInput, ClerkError, NotAllowed, Refused
from mppdesk.domain.station import Station, StationRole
from mppdesk.server.answers import answer
from mppdesk.server.building import Building
from mppdesk.server.door import Tell
from mppdesk.server.requests import (
    MOST_COMMAND_BYTES,
    body_of,
    building_of,
    commander_of,
    commander_with,
    json_of,
    key_rights_of,
    message_of,
    station_of,
)
from mppdesk.server.station_calls import as_asked_by
from mppdesk.sync.command_messages import check_command_id, read_command, read_json, write_answer
from mppdesk.sync.keys import KeysHello, KeysPush
from mppdesk.sync.protocol import Ask, Hello, People, Push, pack
from mppdesk.texts import msg


class TakeoverBy(msgspec.Struct, frozen=True):
    """Who makes this computer the hub, and why where the old hub answers."""

    user: str
    reason: str = ""


class CodeFor(msgspec.Struct, frozen=True):
    """The place of the new station, and who wants it there."""

    role: str
    label: str
    agencies: tuple[str, ...] = ()
    actor: dict[str, str] | None = None


_LONGEST_REASON = 200
_LONGEST_PIN = 128
_EVENT_STREAM = "text/event-stream"
_PEM = "application/x-pem-file"
_PACKED = "application/vnd.mppdesk.sync"


async def post_command(request: Request) -> Response:
    """Decide a command; the same id gets the same acceptance again."""
    station, building = commander_of(request), building_of(request)
    asked = _asked_by(station, building, await body_of(request, MOST_COMMAND_BYTES))
    answered = await building.decider.ask(asked)
    return answer(write_answer(answered.answer))


def post_command_quickly(building: Building, token: str, body: bytes, tell: Tell) -> None:
    """The same without a task."""

    def told(answered: Answered | Exception) -> None:
        tell(answered if isinstance(answered, Exception) else msgspec.json.encode(write_answer(answered.answer)))

    building.decider.submit(_asked_by(commander_with(building, token), building, body), told)


def _asked_by(station: Station, building: Building, body: bytes) -> Asked:
    """The command in a body, with who acts; raises NotAllowed for one that is not for such a station."""
    message = read_json(body)
    command = as_asked_by(station, read_command(message, building.counter_id))
    return Asked(command, building.actor(message.get("actor")))


async def get_queue(request: Request) -> Response:
    """Everybody who is in the building now, with the place from which `/v1/events` goes on."""
    station_of(request)
    building = building_of(request)
    place = building.feed.place
    return answer({"place": place, **await asyncio.to_thread(_queue, building)})


async def get_events(request: Request) -> Response:
    """Deltas from the place a listener names in Last-Event-ID, or from now on."""
    station_of(request)
    last_seen = request.headers.get("last-event-id") or request.query_params.get("after")
    stream = building_of(request).feed.listen(last_seen)
    return StreamingResponse(stream, media_type=_EVENT_STREAM, headers={"cache-control": "no-store"})


async def get_term(request: Request) -> Response:
    """Say nothing but the term, as each answer does: for a hub that looks for another one, and for who lost theirs."""
    station_of(request)
    return answer({})


async def post_hello(request: Request) -> Response:
    station_of(request)
    answerer, asked = building_of(request).answerer, await message_of(request, Hello)
    _require_site(request, asked.site_id)
    return Response(pack(await asyncio.to_thread(answerer.hello, asked)), media_type=_PACKED)


async def post_push(request: Request) -> Response:
    station_of(request)
    answerer, asked = building_of(request).answerer, await message_of(request, Push)
    _require_site(request, asked.site_id)
    return Response(pack(await asyncio.to_thread(answerer.push, asked)), media_type=_PACKED)


async def post_leader(request: Request) -> Response:
    """Check the PIN of somebody who leads, typed at a kiosk."""
    station, message = commander_of(request), await json_of(request)
    pin = message.get("pin") if isinstance(message, dict) else None
    if not isinstance(pin, str) or not pin or len(pin) > _LONGEST_PIN:
        raise BadInput(msg("Pertanyaan ini memerlukan pin berupa teks."), msg("Ketik PIN, lalu ulangi."))
    user = await asyncio.to_thread(building_of(request).check_leader, station, pin)
    return answer({"leads": True, "user": user})


async def post_keys_hello(request: Request) -> Response:
    """Tell in which days the data keys here and there differ."""
    rights, asked = key_rights_of(station_of(request)), await message_of(request, KeysHello)
    _require_site(request, asked.site_id)
    keys = building_of(request).answerer.keys
    return Response(pack(await asyncio.to_thread(keys.hello, asked, rights)), media_type=_PACKED)


async def post_keys(request: Request) -> Response:
    """Take data keys, and give those of the station's agencies; a revoked station gets none."""
    rights, asked = key_rights_of(station_of(request)), await message_of(request, KeysPush)
    _require_site(request, asked.site_id)
    keys = building_of(request).answerer.keys
    return Response(pack(await asyncio.to_thread(keys.push, asked, rights)), media_type=_PACKED)


async def get_people(request: Request) -> Response:
    """Give a station what it checks PINs with; kiosks and boards, where nobody signs in, get none."""
    station = commander_of(request)
    if not StationRole(station.role).signs_in:
        raise NotAllowed(
            msg("Di komputer ini tidak ada yang masuk dengan PIN. Tidak ada yang diberikan."),
            msg("Daftarkan sebagai loket bila petugas bekerja di sini."),
        )
    found = await asyncio.to_thread(building_of(request).people, station)
    return Response(pack(People(found)), media_type=_PACKED)


async def post_ask(request: Request) -> Response:
    """Take a station's newest entries, decide its command, and give the newest entries here with the answer."""
    station = commander_of(request)
    building, question = building_of(request), await message_of(request, Ask)
    _require_site(request, question.site_id)
    calls = building.station_calls
    prepare = partial(calls.prepare, station, question)
    prepared = await asyncio.to_thread(prepare) if question.segments else prepare()
    decided: Answered | ClerkError | None = None
    if prepared.asked is not None:
        try:
            decided = await building.decider.ask(prepared.asked)
        except ClerkError as refusal:
            decided = refusal
    told = await asyncio.to_thread(calls.told, station, question, prepared, decided)
    return Response(pack(told), media_type=_PACKED)


async def post_withdrawal(request: Request) -> Response:
    """Tell what became of a command whose answer got lost; one that was not accepted never will be."""
    commander_of(request)
    command_id = check_command_id(request.path_params["command_id"])
    found = await asyncio.to_thread(building_of(request).withdraw, command_id)
    return answer({"accepted": write_answer(found) if found else None})


async def get_authority(request: Request) -> Response:
    """Give the site's certificate to a computer that is not enrolled yet; whoever it is compares the fingerprint."""
    found = await asyncio.to_thread(building_of(request).authority)
    if found is None:
        raise Refused(msg("Gedung ini belum punya sertifikat."), msg("Jalankan mppdesk hub init di komputer hub."))
    return Response(found, media_type=_PEM)


async def post_standby_authority(request: Request) -> Response:
    """Give a standby the authority with its encrypted key: when it takes over, stations must believe it."""
    if commander_of(request).role not in (StationRole.HUB, StationRole.STANDBY):
        raise NotAllowed(
            msg("Kunci sertifikat gedung hanya untuk komputer cadangan. Tidak ada yang diberikan."),
            msg("Daftarkan komputer ini dengan peran standby."),
        )
    return answer({"authority": await asyncio.to_thread(building_of(request).standby_authority)})


async def post_enrol(request: Request) -> Response:
    """Make a station of a one-time code; asked again by the same device it gives the same answer."""
    message = await json_of(request)
    if not isinstance(message, dict) or not all(isinstance(value, str) for value in message.values()):
        raise BadInput(
            msg("Pendaftaran memerlukan code, device_id, dan public_key berupa teks."),
            msg("Betulkan permintaannya. Tidak ada yang berubah."),
        )
    return answer(await asyncio.to_thread(building_of(request).enrol, message))


async def post_code(request: Request) -> Response:
    """Make a one-time code for a new station; asked by the hub's own verbs and by supervisors' stations."""
    if commander_of(request).role not in (StationRole.HUB, StationRole.STANDBY, StationRole.SUPERVISOR):
        raise NotAllowed(
            msg("Hanya hub dan komputer penyelia yang membuat kode pendaftaran. Tidak ada yang berubah."),
            msg("Jalankan mppdesk hub enrol di komputer hub."),
        )
    message = await json_of(request)
    try:
        wanted = msgspec.convert(message, CodeFor)
    except msgspec.ValidationError as error:
        raise BadInput(
            msg("Kode memerlukan role dan label. Tidak ada yang berubah."), msg("Betulkan permintaannya.")
        ) from error
    building = building_of(request)
    actor = building.actor(wanted.actor)
    code, expires_ms = await asyncio.to_thread(building.make_code, actor, wanted.role, wanted.label, wanted.agencies)
    return answer({"code": code, "expires_ms": expires_ms})


async def post_takeover(request: Request) -> Response:
    """Make this computer the hub of the next term; asked by its own verbs, after a supervisor confirmed."""
    station, building = commander_of(request), building_of(request)
    message = await json_of(request)
    try:
        wanted = msgspec.convert(message, TakeoverBy)
    except msgspec.ValidationError as error:
        raise BadInput(
            msg("Pengambilalihan memerlukan user. Tidak ada yang berubah."), msg("Betulkan permintaannya.")
        ) from error
    if building.take_over is None:
        raise Refused(msg("Komputer ini tidak dapat menjadi hub. Tidak ada yang berubah."), msg("Pakai hub cadangan."))
    actor = building.actor({"user": wanted.user, "via": "cli"})
    reason = "".join(sign if sign.isprintable() else " " for sign in wanted.reason[:_LONGEST_REASON])
    taken = await asyncio.to_thread(building.take_over, station, actor, reason)
    return answer({"term": taken.term, "numbers_from": taken.numbers_from})


async def get_health(request: Request) -> Response:
    """Well means that a row was written and synced just now."""
    building = building_of(request)
    await asyncio.to_thread(building.prove_write)
    return answer({"healthy": True, "site_id": building.site_id, "version": building.version})


def _queue(building: Building) -> dict[str, Any]:
    with building.moment() as moment:
        return {
            "day": moment.day,
            "tickets": msgspec.to_builtins(open_tickets(moment)),
            "counters": msgspec.to_builtins(counters(moment)),
        }


def _require_site(request: Request, site_id: str) -> None:
    if site_id != building_of(request).site_id:
        raise NotAllowed(
            msg("Jurnal ini milik gedung lain. Tidak ada yang diterima."),
            msg("Periksa alamat hub di pengaturan komputer ini."),
        )
