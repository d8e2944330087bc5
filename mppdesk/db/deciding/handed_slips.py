"""Slips that travel with the hub's answer to the station that prints them; kept, so that a lost answer has them again.

The job's id is made of the command's, on both sides: an answer that arrives twice is printed once.
"""

import msgspec
from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import decode_slip
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.privacy.sealing import DataKeys, unseal_paper
from mppdesk.db.sql import Statement, Store
from mppdesk.db.unit import WriteUnit
from mppdesk.domain.entries import Subject
from mppdesk.domain.hub import SlipOrder

_MOST_SLIPS = 8

_jobs = local_print_jobs.c
_one = Statement(
    select(_jobs.printer, _jobs.slip, _jobs.subject_id, _jobs.label, _jobs.key_id, _jobs.copy_number).where(
        _jobs.job_id == bindparam("job_id")
    )
)
_exists = Statement(select(_jobs.job_id).where(_jobs.job_id == bindparam("job_id")))


class HandedSlip(msgspec.Struct, frozen=True):
    """An encoded slip with its job's id; a personal one is sealed again where it is printed."""

    job_id: str
    printer: str
    slip: bytes
    subject_id: str
    label: str
    copy_number: int
    is_personal: bool


def handed_id(command_id: str, number: int) -> str:
    """The job id of a command's slip."""
    return f"{command_id}/{number}"


def handed_slips(store: Store, command_id: str) -> tuple[HandedSlip, ...]:
    """The slips that a command led to, in their order; a forgotten person's are left out."""
    found = []
    for number in range(_MOST_SLIPS):
        job_id = handed_id(command_id, number)
        row = store.one(_one, job_id=job_id)
        if row is None:
            break
        printer, sealed, subject_id, label, key_id, copy_number = row
        key = DataKeys(store).key(key_id) if key_id else None
        slip = bytes(sealed) if key_id is None else unseal_paper(key, job_id, bytes(sealed)) if key else None
        if slip is not None:
            found.append(HandedSlip(job_id, printer, slip, subject_id, label, copy_number, key_id is not None))
    return tuple(found)


def take_over(unit: WriteUnit, handed: HandedSlip, personal: Subject | None) -> None:
    """Queue a handed slip at the station that asked, once."""
    if unit.store.one(_exists, job_id=handed.job_id) is None:
        order = SlipOrder(
            handed.printer, decode_slip(handed.slip), handed.subject_id, handed.label, personal, handed.copy_number
        )
        unit.print(order, handed.job_id)
