"""The file of answers that fills a checklist, read without trusting a byte of it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mppdesk.domain.errors import BadInput
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg

_MAX_FILE_BYTES = 1_000_000
_MOST_LETTERS = 200
_ANSWER_FIELDS = ("state", "reason", "originals", "copies", "date")
_APPLICANT = "applicant"
_APPLICANT_FIELDS = ("name", "nik", "phone", "represented_by")


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands in the file; the requirements' codes and answers are not yet looked at."""

    requirements: Mapping[str, Any]
    applicant: ApplicantData | None

    def for_requirements(self, known: set[str]) -> tuple[Check, ...]:
        """The answers as checks of a list with these codes; raises BadInput for another code or a faulty answer."""
        return tuple(_check(code, answer, known) for code, answer in self.requirements.items())


def read_answers(path: Path) -> Answers:
    """Read `{requirement_code: {state, reason?, originals?, copies?, date?}, applicant: {...}}`; raises BadInput."""
    found = _load(path)
    applicant = _applicant(found.pop(_APPLICANT)) if _APPLICANT in found else None
    return Answers(found, applicant)


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            raw = file.read(_MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _bad(msg("Berkas jawaban {path} tidak dapat dibaca. Tidak ada yang tersimpan.", path=path)) from error
    if len(raw) > _MAX_FILE_BYTES:
        raise _bad(msg("Berkas jawaban {path} lebih dari satu megabita. Tidak ada yang tersimpan.", path=path))
    try:
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as error:
        raise _bad(msg("Berkas jawaban {path} bukan JSON yang sah. Tidak ada yang tersimpan.", path=path)) from error
    if not isinstance(found, dict):
        raise _bad(msg("Berkas jawaban {path} harus berisi satu objek. Tidak ada yang tersimpan.", path=path))
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two answers to one requirement nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _bad(msg("{name} ditulis dua kali di berkas jawaban. Tidak ada yang tersimpan.", name=name))
    return found


def _check(code: str, answer: Any, known: set[str]) -> Check:
    if code not in known:
        raise _bad(
            msg("Persyaratan {code} tidak ada di daftar periksa layanan ini. Tidak ada yang tersimpan.", code=code)
        )
    try:
        check = _readable(code, answer)
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(msg("Jawaban untuk {code} tidak dapat dibaca. Tidak ada yang tersimpan.", code=code)) from error
    if check.state is CheckState.LACKING and check.reason is None:
        raise _bad(msg("Jawaban untuk {code} belum menyebut alasan kurangnya. Tidak ada yang tersimpan.", code=code))
    return check


def _readable(code: str, answer: Any) -> Check:
    """Make a check of plain values; raises KeyError, TypeError or ValueError for anything else."""
    if not isinstance(answer, dict) or not set(answer) <= set(_ANSWER_FIELDS):
        raise TypeError("not an answer")
    reason, on_paper = _text(answer.get("reason")), _text(answer.get("date"))
    return Check(
        code,
        CheckState(answer["state"]),
        LackReason(reason) if reason else None,
        _count(answer.get("originals")),
        _count(answer.get("copies")),
        date.fromisoformat(on_paper) if on_paper else None,
    )


def _text(value: Any) -> str | None:
    if not isinstance(value, str | None):
        raise TypeError("not a text")
    return value


def _count(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 999:
        raise ValueError("not a count of papers")
    return value


def _applicant(found: Any) -> ApplicantData:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise _bad(msg("Data pemohon harus berisi teks. Tidak ada yang tersimpan."))
    unknown = set(found) - set(_APPLICANT_FIELDS)
    if unknown:
        names = ", ".join(sorted(unknown))
        raise _bad(msg("Data pemohon memuat kolom yang tidak dikenal: {names}. Tidak ada yang tersimpan.", names=names))
    for name, value in found.items():
        if len(value) > _MOST_LETTERS or not value.isprintable():
            raise _bad(
                msg(
                    "Kolom {name} data pemohon terlalu panjang atau memuat tanda aneh. Tidak ada yang tersimpan.",
                    name=name,
                )
            )
    return ApplicantData(**found)


def _bad(what_happened: Text) -> BadInput:
    return BadInput(what_happened, msg("Perbaiki berkasnya, lalu ulangi."))
