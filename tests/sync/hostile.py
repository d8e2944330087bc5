"""A station that means harm: logs of any content, well signed or not, and values at every edge."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from mppdesk.db.journal.codec import FIRST_PREV_HASH, digest, encode_entry
from mppdesk.db.replication.segments import Segment, signed_text
from mppdesk.db.replication.signing import Signer
from mppdesk.domain.catalog import Service
from mppdesk.domain.entries import Actor, Entry, Subject, SubjectType
from mppdesk.domain.facts import FACTS, LogOpened, belongs_to
from tests.fakes.office import SERVICES
from tests.fakes.running_hub import signer_of
from tests.sync.replicas import NOW_MS

MOST_INT64, MOST_UINT64 = 2**63 - 1, 2**64 - 1
EDGES = (0, 1, -1, 600, 2**31 - 1, 2**31, 2**32, 2**53, 2**62, MOST_INT64 - 1024, MOST_INT64, -MOST_INT64, -(2**63))
NASTY = (
    "",
    "\0",
    "a\0b",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\U0010ffff",
    "e\u0301" * 50,
    "'; DROP TABLE x; --",
    "x" * 5000,
)


class HostileLog:
    """A log of one device, written entry by entry; `opened_by` names another device than the one that signs."""

    def __init__(self, site_id: str, signer: Signer, log_id: str, opened_by: Signer | None = None) -> None:
        self.site_id, self.signer, self.log_id = site_id, signer, log_id
        self.raws: list[bytes] = []
        author = opened_by or signer
        opening = LogOpened(device_id=author.device_id, public_key=author.public_key, app_version="0")
        self.add(opening, Subject(SubjectType.LOG, log_id))

    def add(self, fact: Any, subject: Subject, /, **more: Any) -> None:
        """Append an entry; `more` replaces what an honest program would write in its envelope."""
        seq = len(self.raws) + 1
        honest: dict[str, Any] = {
            "log_id": self.log_id,
            "seq": seq,
            "prev_hash": digest(self.raws[-1]) if self.raws else FIRST_PREV_HASH,
            "entry_id": f"{self.log_id[-16:]}{seq:016x}",
            "kind": type(fact).__name__,
            "version": 1,
            "subject": subject,
            "step": 1,
            "hlc": NOW_MS << 16,
            "wall_ms": NOW_MS,
            "utc_offset_min": 420,
            "actor": Actor("system", "desktop"),
            "site_id": self.site_id,
            "fact": fact,
        }
        self.raws.append(encode_entry(Entry(**{**honest, **more})))

    def segment(self, first: int = 1, last: int | None = None, **more: Any) -> Segment:
        """Cut and sign; `more` replaces what an honest program would say of the segment."""
        raws = tuple(self.raws[first - 1 : last])
        return segment_of(self.site_id, self.log_id, first, raws, self.signer, self._hash_before(first), **more)

    def _hash_before(self, first: int) -> bytes:
        return digest(self.raws[first - 2]) if first > 1 else FIRST_PREV_HASH


def segment_of(
    site_id: str, log_id: str, first: int, raws: Sequence[bytes], signer: Signer, before: bytes, /, **more: Any
) -> Segment:
    honest = {"log_id": log_id, "first_seq": first, "prev_hash": before, "entries": tuple(raws), "signature": b""}
    unsigned = Segment(**{**honest, **more})
    if "signature" in more or not unsigned.entries:
        return unsigned
    signature = signer.sign(signed_text(site_id, unsigned.heads()[-1]))
    return Segment(**{**honest, "signature": signature, **more})


def log_id_of(number: int) -> str:
    """A log id of the tests' day."""
    return f"{NOW_MS:012x}{number:020x}"


def stranger(number: int = 77) -> Signer:
    return signer_of(number)


def facts_about(names: Sequence[str], but: Sequence[str] = ()) -> st.SearchStrategy[tuple[Any, str]]:
    """Any kind of fact with hostile values, and the type of a subject it may be about."""
    kinds = st.sampled_from(sorted(FACTS.keys() - set(but)))
    return kinds.flatmap(lambda kind: st.tuples(_made(FACTS[kind], names), _subject_type(kind)))


def _subject_type(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from([str(each) for each in SubjectType if belongs_to(kind, each)])


def _made(kind: type, names: Sequence[str]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: _of_type(hints[each.name], names) for each in fields(kind)})


def _of_type(hint: Any, names: Sequence[str]) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*(_of_type(each, names) for each in get_args(hint)))
    if get_origin(hint) is tuple:
        inner, *others = get_args(hint)
        if others == [...]:
            return st.lists(_of_type(inner, names), max_size=3).map(tuple)
        return st.tuples(*(_of_type(each, names) for each in (inner, *others)))
    if get_origin(hint) is dict:
        return st.dictionaries(st.sampled_from((*names, *NASTY)), _of_type(get_args(hint)[1], names), max_size=2)
    if hint is Service:
        return st.sampled_from(SERVICES)
    if isinstance(hint, type) and is_dataclass(hint):
        return _made(hint, names)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        bool: st.booleans(),
        int: st.sampled_from(EDGES),
        bytes: st.binary(max_size=40),
        NoneType: st.none(),
    }
    return simple.get(hint, st.one_of(st.sampled_from(names), st.sampled_from((*names, *NASTY))))
