"""A building with several stations: who they are, and what came from them in which order."""

from typing import Any

from alembic import op
from sqlalchemy import BigInteger, Column, LargeBinary, PrimaryKeyConstraint, Text, UniqueConstraint

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # A code is searched among one day's tickets, at most a few thousand; the index cost every ticket a page.
    op.drop_index("ix_view_visits_token", "view_visits")
    _table(
        "view_stations", ("site_id", "device_id"),
        _text("site_id"), _text("device_id"), _bytes("public_key"), _text("label"), _text("role"), _text("agencies"),
        _number("issuer_no"), _text("token_hash"), _number("enrolled_ms"), _number("is_revoked"),
        _number("are_facts_admitted"), _number("hub_term"),
    )  # fmt: skip
    _table(
        "journal_signatures", ("site_id", "log_id", "seq"),
        _text("site_id"), _text("log_id"), _number("seq"), _bytes("signature"),
    )  # fmt: skip
    _table(
        "local_arrival_heads", ("site_id",),
        _text("site_id"), _number("site_seq"), _number("applied_seq"),
    )  # fmt: skip
    _table(
        "local_arrivals", ("site_id", "last_site_seq"),
        _text("site_id"), _number("last_site_seq"), _text("log_id"), _number("last_seq"), _number("count"),
    )  # fmt: skip
    _table(
        "local_held_segments", ("site_id", "log_id", "first_seq"),
        _text("site_id"), _text("log_id"), _number("first_seq"), _text("device_id"), _bytes("segment"),
        _number("received_ms"),
    )  # fmt: skip
    op.create_index("ix_local_held_segments_device", "local_held_segments", ["site_id", "device_id"])
    _table(
        "local_sync_troubles", ("site_id", "log_id", "reason"),
        _text("site_id"), _text("log_id"), _text("reason"), _number("seq"), _number("seen_ms"),
    )  # fmt: skip
    _table(
        "local_enrolment_codes", ("code_hash",),
        _text("code_hash"), _text("role"), _text("label"), _text("agencies"), _number("expires_ms"),
        Column("device_id", Text, nullable=True),
    )  # fmt: skip
    _table(
        "local_asked", ("command_id",),
        _text("command_id"), _bytes("message"), _text("user_id"), _text("via"), _number("asked_ms"),
    )  # fmt: skip
    _table("local_withdrawn", ("command_id",), _text("command_id"), _number("withdrawn_ms"))
    _table(
        "central_sites", ("site_id",),
        _text("site_id"), _text("name"), _text("token_hash"), _text("hub_device_id"), _bytes("hub_public_key"),
        _number("added_ms"), UniqueConstraint("token_hash", name="uq_central_sites_token_hash"),
    )  # fmt: skip
    _table(
        "central_identity", ("identity_id",),
        Column("identity_id", BigInteger, nullable=False, autoincrement=False), _text("epoch"), _text("incarnation"),
    )  # fmt: skip


def _table(name: str, key: tuple[str, ...], *columns: Column[Any] | UniqueConstraint) -> None:
    op.create_table(name, *columns, PrimaryKeyConstraint(*key, name=f"pk_{name}"), sqlite_with_rowid=False)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def _bytes(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)
