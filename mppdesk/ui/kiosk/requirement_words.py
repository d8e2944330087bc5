"""The requirements of a service as a citizen reads them: the paper's name, how many, how old, and when it is asked."""

from dataclasses import dataclass

from mppdesk.domain.catalog import Handling, Requirement, Service, Validity
from mppdesk.texts import Text, msg

_NOT_ON_PAPER = frozenset({Handling.UPLOADED, Handling.RECORDED})


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing to bring; `details` are short sentences, most needed first."""

    name: str
    details: tuple[Text, ...]


def papers(service: Service) -> tuple[Paper, ...]:
    """What to bring in the order of the standard; what is typed in or already uploaded is not brought."""
    return tuple(_paper(each) for each in service.requirements if each.handling not in _NOT_ON_PAPER)


def _paper(requirement: Requirement) -> Paper:
    details = (_count(requirement), _condition(requirement), _validity(requirement.validity))
    return Paper(requirement.name, tuple(each for each in details if each is not None))


def _count(requirement: Requirement) -> Text | None:
    original, copies = requirement.original, requirement.copies
    if original and copies:
        return msg("{original} asli, {copies} fotokopi.", original=original, copies=copies)
    if copies:
        return msg("{copies} lembar fotokopi.", copies=copies)
    if original > 1:
        return msg("{original} lembar.", original=original)
    return msg("{original} asli.", original=original) if original else None


def _condition(requirement: Requirement) -> Text | None:
    """A condition is a clause of the standard ("jika diwakilkan") and stays in its language."""
    return msg("Hanya {condition}.", condition=requirement.condition.rstrip(".")) if requirement.condition else None


def _validity(validity: Validity | None) -> Text | None:
    if validity is None:
        return None
    match validity.rule, validity.months:
        case "umur_maks", int(months):
            return msg("Umur paling lama {months} bulan.", months=months)
        case "sisa_berlaku_min", int(months):
            return msg("Masih berlaku paling sedikit {months} bulan.", months=months)
        case "kedaluwarsa_maks", int(months):
            return msg("Habis paling lama {months} bulan lalu.", months=months)
        case "belum_kedaluwarsa", _:
            return msg("Masih berlaku.")
        case "tahun_berjalan", _:
            return msg("Tahun ini.")
        case _:
            return None
