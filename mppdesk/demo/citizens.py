"""Invented citizens: names made of words, NIKs of a province that does not exist, what they want and when they come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from mppdesk.domain.catalog import Catalog

_FIRST = (
    "Melati", "Mawar", "Kenanga", "Cempaka", "Anggrek", "Dahlia", "Teratai", "Seroja", "Wijaya", "Bima", "Arjuna",
    "Nakula", "Sadewa", "Gatot", "Rimba", "Samudra", "Fajar", "Senja", "Bulan", "Surya",
)  # fmt: skip
_LAST = ("Contohwati", "Contohwan", "Rekaan", "Misalnya", "Umpama", "Percobaan", "Latihan", "Sukamaju")
# 99 is no province: whoever reads such a NIK anywhere knows that it is invented.
_NIK_PREFIX = "9999"
_PRIORITY_SHARE = 0.08
_PRIORITIES = ("elderly", "elderly", "disability", "pregnant", "toddler")
# Arrivals of a real hall: half of the day's people in the first two hours, few after one o'clock.
_ARRIVAL_HOURS = ((0.0, 1.0, 3), (1.0, 2.0, 4), (2.0, 3.0, 3), (3.0, 4.0, 2), (4.0, 5.0, 1), (5.0, 6.2, 1))


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody who comes for a service; the NIK and the name are invented."""

    name: str
    nik: str
    phone: str
    service: str
    priority: str | None
    arrives: datetime


def invent_citizens(
    random: Random, catalog: Catalog, agencies: tuple[str, ...], count: int, opens: datetime
) -> list[Citizen]:
    """Invent `count` citizens for these agencies, in the order of their arrival."""
    services = {agency: [each.service.code for each in catalog.of_agency(agency)] for agency in agencies}
    weights = [catalog.agencies[agency].counters_estimate for agency in agencies]
    citizens = []
    for number in range(1, count + 1):
        agency = random.choices(agencies, weights)[0]
        citizens.append(
            Citizen(
                name=f"{random.choice(_FIRST)} {random.choice(_LAST)}",
                nik=f"{_NIK_PREFIX}01{random.randint(1, 28):02}{random.randint(1, 12):02}90{number:04}",
                phone=f"0800{number:07}",
                service=random.choice(services[agency]),
                priority=random.choice(_PRIORITIES) if random.random() < _PRIORITY_SHARE else None,
                arrives=opens + _arrival(random),
            )
        )
    return sorted(citizens, key=lambda citizen: citizen.arrives)


def _arrival(random: Random) -> timedelta:
    first, last, _ = random.choices(_ARRIVAL_HOURS, [share for _, _, share in _ARRIVAL_HOURS])[0]
    return timedelta(hours=random.uniform(first, last))
