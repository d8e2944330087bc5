"""Who takes over for a printer that stands still, as it is chosen and typed on the page "Printer"."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mppdesk.domain.printer_address import paper_columns
from mppdesk.texts import Text, msg
from mppdesk.ui.administration.printer_port import PrinterRow


class Offer(StrEnum):
    """What a counter offers: the first printer that is ready, the first ready one of those named, or none."""

    ANY = "any"
    NAMED = "named"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TakingOver:
    """The rule in hand; `typed` are the names as a person writes them, with commas, the best first."""

    offer: Offer = Offer.ANY
    typed: str = ""

    @classmethod
    def of(cls, instead: tuple[str, ...] | None, known: Iterable[str]) -> "TakingOver":
        """A rule as it was written down, without printers that were removed since: nobody is offered these."""
        if instead is None:
            return cls()
        there = set(known)
        names = [name for name in instead if name in there]
        return cls(Offer.NAMED, ", ".join(names)) if names else cls(Offer.NONE)

    def instead(self, known: Iterable[str]) -> tuple[str, ...] | None:
        """The names of the printers that take over, empty: none does, None: any of them."""
        if self.offer is Offer.NAMED:
            return tuple(dict.fromkeys(names_in(self.typed, known)))
        return () if self.offer is Offer.NONE else None

    def trouble(self, own: str, known: Iterable[str]) -> Text | None:
        """Why it cannot be written down; None where it can."""
        if self.offer is not Offer.NAMED:
            return None
        there = frozenset(known)
        names = names_in(self.typed, there)
        if not names:
            return msg("Tulis paling sedikit satu nama printer.")
        if own in names:
            return msg("{name} tidak dapat menggantikan dirinya sendiri.", name=own)
        unknown = next((name for name in names if name not in there), None)
        return msg("{name} tidak ada di daftar printer.", name=unknown) if unknown is not None else None

    def warning(self, url: str, rows: Iterable[PrinterRow]) -> Text | None:
        """What is worth knowing of a rule that can be written down."""
        by_name = {row.name: row for row in rows}
        for name in self.instead(by_name) or ():
            if name in by_name and paper_columns(by_name[name].url) < paper_columns(url):
                return msg("Kertas {name} lebih sempit, jadi {name} tidak akan ditawarkan.", name=name)
        return None


def names_in(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The names between the commas, a known one as it is written in the list, also where it has a comma itself."""
    longest_first = sorted(known, key=len, reverse=True)
    found: list[str] = []
    rest = _without_edges(typed)
    while rest:
        name = next((each for each in longest_first if _begins_with(rest, each)), None)
        taken = rest.partition(",")[0] if name is None else rest[: len(name)]
        found.append(name or taken.strip())
        rest = _without_edges(rest[len(taken) :])
    return tuple(found)


def _without_edges(typed: str) -> str:
    return " ".join(typed.split()).strip(" ,")


def _begins_with(typed: str, name: str) -> bool:
    behind = typed[len(name) :].lstrip()
    return typed[: len(name)].casefold() == name.casefold() and behind[:1] in ("", ",")
