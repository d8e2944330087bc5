"""A new station: a one-time code of the supervisor becomes a device of the building with a token of its own."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from mppdesk.db.deciding.hub_seats import next_issuer
from mppdesk.db.home import OpenHome
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication.stations import (
    CODE_LIFE_MS,
    MOST_WRONG_CODES,
    EnrolmentCode,
    EnrolmentCodes,
    StationBook,
    own_token,
    token_hash,
)
from mppdesk.db.unit import WriteUnit
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.domain.facts import StationEnrolled, StationInvited
from mppdesk.domain.station import Station, StationRole
from mppdesk.texts import msg

_HUB = Actor(SYSTEM_USER, "hub")
_is_id = re.compile(r"[0-9a-f]{32}").fullmatch
_is_key = re.compile(r"[0-9a-f]{64}").fullmatch
_LABEL = "Hub"


class Enrolment:
    """The codes of this hub and the stations that used them; for any thread."""

    def __init__(self, home: OpenHome, book: StationBook, root: tuple[str, bytes] | None = None) -> None:
        """`root` is the device whose logs a new station believes first; this one unless told."""
        self._home = home
        self._writer = home.required_writer()
        self._book = book
        self._root = root or (self._writer.author.device_id, self._writer.author.public_key)
        self._wrong = 0

    def enrol_hub(self) -> None:
        """Name this device as the hub of the building, once."""
        device_id = self._writer.author.device_id
        if self._book.by_device(device_id) is not None:
            return
        with self._writer.begin(_HUB) as unit:
            fact = StationEnrolled(
                public_key=self._writer.author.public_key,
                label=_LABEL,
                role=StationRole.HUB,
                issuer_no=0,
                token_hash=token_hash(own_token(self._home.secrets.search, device_id)),
            )
            unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, device_id), fact, by_system=True))
        self._book.forget()

    def make_code(self, actor: Actor, role: str, label: str, agencies: tuple[str, ...] = ()) -> tuple[str, int]:
        """Make a code for one new station, on record with who made it; answers it and its end in UTC milliseconds."""
        if role not in list(StationRole) or role == StationRole.HUB:
            known = ", ".join(each for each in StationRole if each is not StationRole.HUB)
            raise BadInput(
                msg("Peran {role} tidak dikenal. Tidak ada kode yang dibuat.", role=role),
                msg("Pilih salah satu: {known}.", known=known),
            )
        if not label.strip() or len(label) > 60 or not label.isprintable():
            raise BadInput(
                msg("Nama komputer harus 1 sampai 60 huruf. Tidak ada kode yang dibuat."),
                msg("Tulis misalnya --label 'Loket 2'."),
            )
        now_ms = self._writer.now_ms()
        allowed = EnrolmentCode(role, label.strip(), agencies, now_ms + CODE_LIFE_MS, None)
        fact = StationInvited(label=allowed.label, role=role, agencies=agencies)
        with self._writer.begin(actor) as unit:
            codes = self._codes(unit.store)
            text = codes.make(secrets.randbelow, allowed, now_ms)
            unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, codes.invitation(text)), fact))
        return text, allowed.expires_ms

    def enrol(self, message: Mapping[str, str]) -> dict[str, Any]:
        """Turn a code into a station, in the name of who made the code.

        The same device asking again with the same code gets the same answer.
        """
        code, device_id = message.get("code", ""), message.get("device_id", "")
        public_key = message.get("public_key", "")
        if not _is_id(device_id) or not _is_key(public_key):
            raise BadInput(
                msg("device_id harus 32 dan public_key 64 angka heksadesimal. Tidak ada yang berubah."),
                msg("Betulkan permintaannya."),
            )
        with self._writer.begin(self._inviter(code)) as unit:
            codes = self._codes(unit.store)
            allowed = codes.find(code)
            is_good = allowed is not None and self._is_open(allowed, device_id)
            if allowed is not None and is_good:
                token = codes.token(code, device_id)
                station = self._enrolled(unit, codes, code, allowed, device_id, bytes.fromhex(public_key), token)
        if not is_good:
            self._count_a_wrong_one()
            raise _not_open(allowed)
        self._wrong = 0
        self._book.forget()
        return self._welcome(station, token)

    def _inviter(self, code: str) -> Actor:
        """Who made a code; the hub itself where nobody knows, as of a wrong one."""
        with self._home.database.reading() as store:
            subject = Subject(SubjectType.STATION, self._codes(store).invitation(code))
            entries = Journal(store, self._home.site_id).entries_of(subject)
        made = [entry for entry in entries if isinstance(entry.fact, StationInvited)]
        return max(made, key=lambda entry: entry.order).actor if made else _HUB

    def _is_open(self, code: EnrolmentCode, device_id: str) -> bool:
        return self._writer.now_ms() <= code.expires_ms and code.device_id in (None, device_id)

    def _enrolled(
        self,
        unit: WriteUnit,
        codes: EnrolmentCodes,
        code: str,
        allowed: EnrolmentCode,
        device_id: str,
        public_key: bytes,
        token: str,
    ) -> Station:
        known = self._book.by_device(device_id)
        key_before = self._root[1] if device_id == self._root[0] else known.public_key if known else public_key
        if public_key != key_before:
            raise _of_another_key()
        if allowed.device_id is not None and known is not None:
            return known
        fact = StationEnrolled(
            public_key=public_key,
            label=allowed.label,
            role=allowed.role,
            agencies=allowed.agencies,
            issuer_no=known.issuer_no if known else next_issuer(unit.store, self._home.site_id),
            token_hash=token_hash(token),
        )
        unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, device_id), fact))
        codes.use(code, device_id)
        return Station(
            device_id, public_key, fact.label, fact.role, fact.agencies, fact.issuer_no, fact.token_hash,
            self._writer.now_ms(),
        )  # fmt: skip

    def _count_a_wrong_one(self) -> None:
        self._wrong += 1
        if self._wrong >= MOST_WRONG_CODES:
            with self._home.database.writing() as store:
                self._codes(store).void_all()
            self._wrong = 0

    def _welcome(self, station: Station, token: str) -> dict[str, Any]:
        reference, role, shared = self._home.reference, StationRole(station.role), self._home.secrets
        with self._home.database.reading() as store:
            site = reference.current(store).site
        return {
            "token": token,
            "issuer_no": station.issuer_no,
            "label": station.label,
            "role": station.role,
            "agencies": station.agencies,
            "site_id": self._home.site_id,
            "site_name": site.name,
            "zone": site.zone,
            "hub": {"device_id": self._root[0], "public_key": self._root[1].hex()},
            "site_key": shared.search.hex() if role.reads_people else None,
            "pepper": shared.pepper.hex() if role.signs_in else None,
        }

    def _codes(self, store: Any) -> EnrolmentCodes:
        return EnrolmentCodes(store, self._home.secrets.search)


def _of_another_key() -> NotAllowed:
    """A device names itself; who took another's name would put that one out of the building."""
    return NotAllowed(
        msg("Perangkat ini sudah terdaftar dengan kunci lain. Tidak ada yang berubah, dan kodenya masih berlaku."),
        msg("Di komputer baru, pakai folder data yang kosong, lalu ulangi."),
    )


def _not_open(code: EnrolmentCode | None) -> NotAllowed:
    """Why a code does not open: nobody made it, another computer used it, or its quarter of an hour is over."""
    if code is None:
        happened = msg("Kode pendaftaran salah atau tidak berlaku lagi. Tidak ada yang berubah.")
    elif code.device_id is not None:
        happened = msg("Kode ini sudah dipakai untuk {label}. Tidak ada yang berubah.", label=code.label)
    else:
        happened = msg("Kode ini sudah lewat waktu. Tidak ada yang berubah.")
    return NotAllowed(happened, msg("Minta kode baru di komputer hub: Administrasi, Gedung (mppdesk hub enrol)."))
