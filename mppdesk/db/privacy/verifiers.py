"""PINs: Argon2id verifiers peppered with a keyring secret, on this PC alone, never in the journal (DESIGN 10)."""

import hashlib
import hmac
from collections.abc import Collection, Iterable

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, insert, select, update

from mppdesk.db.engine import Database
from mppdesk.db.privacy.private_tables import local_verifiers
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.texts import msg

LEAST_PIN_LENGTH = 4
FREE_TRIES = 5
PAUSE_MS = 60_000

_find = Statement(
    select(local_verifiers.c.verifier, local_verifiers.c.failures, local_verifiers.c.failed_ms).where(
        local_verifiers.c.user_id == bindparam("user_id")
    )
)
_all = Statement(select(local_verifiers.c.user_id, local_verifiers.c.verifier).order_by(local_verifiers.c.user_id))
_drop = Statement(delete(local_verifiers).where(local_verifiers.c.user_id == bindparam("user_id")))
_add = Statement(insert(local_verifiers))
_count = Statement(
    update(local_verifiers)
    .where(local_verifiers.c.user_id == bindparam("of_user"))
    .values(failures=bindparam("tries"), failed_ms=bindparam("now_ms"))
)


class Verifier(msgspec.Struct, frozen=True):
    """What one user's PIN is checked with, on its way to a station where she may sign in."""

    user_id: str
    verifier: str


def verifiers_of(store: Store, users: Collection[str]) -> tuple[Verifier, ...]:
    """The verifiers of some users, by their ids."""
    return tuple(Verifier(user_id, verifier) for user_id, verifier in store.all(_all) if user_id in users)


def replace_verifiers(store: Store, given: Iterable[Verifier]) -> bool:
    """Keep exactly these; wrong tries of an unchanged PIN still count. Answers whether anything changed."""
    before = {str(user_id): str(verifier) for user_id, verifier in store.all(_all)}
    after = {each.user_id: each.verifier for each in given}
    for user_id in before.keys() - after.keys():
        store.run(_drop, user_id=user_id)
    for user_id, verifier in after.items():
        if before.get(user_id) != verifier:
            store.run(_drop, user_id=user_id)
            store.run(_add, user_id=user_id, verifier=verifier, failures=0, failed_ms=0)
    return before != after


class PinCheck:
    """Sets and checks PINs; five wrong ones pause the account for a minute, across restarts."""

    def __init__(self, database: Database, pepper: bytes, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._pepper = pepper
        # RFC 9106's second recommendation: 64 MiB, three passes.
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)

    def set_pin(self, user_id: str, pin: str) -> None:
        """Give a user a PIN of at least four signs."""
        if len(pin) < LEAST_PIN_LENGTH:
            raise BadInput(
                msg("PIN paling sedikit {count} angka.", count=LEAST_PIN_LENGTH), msg("Pilih PIN yang lebih panjang.")
            )
        verifier = self._hasher.hash(self._peppered(pin))
        with self._database.writing() as store:
            store.run(_drop, user_id=user_id)
            store.run(_add, user_id=user_id, verifier=verifier, failures=0, failed_ms=0)

    def check(self, user_id: str, pin: str, now_ms: int) -> None:
        """Accept the PIN or raise NotAllowed; during the pause the PIN is not even looked at."""
        with self._database.reading() as store:
            row = store.one(_find, user_id=user_id)
        if row is None:
            raise wrong_pin()
        verifier, failures, failed_ms = row
        pause_left_ms = failed_ms + PAUSE_MS - now_ms
        if failures >= FREE_TRIES and failures % FREE_TRIES == 0 and 0 < pause_left_ms <= PAUSE_MS:
            raise NotAllowed(
                msg("PIN salah {count} kali.", count=failures),
                msg("Tunggu {seconds} detik, lalu coba lagi.", seconds=-(-pause_left_ms // 1000)),
            )
        if not self._matches(verifier, pin):
            self._remember(user_id, failures + 1, now_ms)
            raise wrong_pin()
        if failures:
            self._remember(user_id, 0, 0)

    def owner(self, users: Iterable[str], pin: str) -> str | None:
        """The first of these users whose PIN it is; counts against nobody, so the caller has to slow guesses down."""
        for user_id in users:
            with self._database.reading() as store:
                row = store.one(_find, user_id=user_id)
            if row is not None and self._matches(row[0], pin):
                return user_id
        return None

    def _matches(self, verifier: str, pin: str) -> bool:
        try:
            return self._hasher.verify(verifier, self._peppered(pin))
        except (VerificationError, InvalidHashError):
            return False

    def _remember(self, user_id: str, failures: int, now_ms: int) -> None:
        with self._database.writing() as store:
            store.run(_count, of_user=user_id, tries=failures, now_ms=now_ms)

    def _peppered(self, pin: str) -> bytes:
        return hmac.new(self._pepper, pin.encode(), hashlib.sha256).digest()


def wrong_pin() -> NotAllowed:
    """The same for an unknown name and a wrong PIN."""
    return NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
