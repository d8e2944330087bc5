"""The building: its hours, its last tickets, its registers, and the way through plain values and back."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.opening_hours import OpeningHours, Span, WeekHours
from mppdesk.domain.register import DEFAULT_TEMPLATE
from mppdesk.domain.site import KioskPlace, PrinterPlace, QueuePolicy, Site

JAKARTA = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)
DAY = (Span(time(8), time(15)),)
BUILDING = WeekHours(DAY, DAY, DAY, DAY, (Span(time(8), time(15, 30)),), last_ticket_minutes=30)
WITH_LUNCH = WeekHours((Span(time(13), time(15)), Span(time(8), time(12))))
SITE = Site(
    name="MPP Kabupaten Sukamaju",
    heading=("MAL PELAYANAN PUBLIK", "KABUPATEN SUKAMAJU"),
    zone="Asia/Jakarta",
    policy=QueuePolicy(priority_ratio=2),
    register_templates={"DLH": "660/{n:06}/{year}"},
    holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25)}),
    station_issuers=(1, 2),
    hours=OpeningHours(BUILDING, {"PLN": WITH_LUNCH}),
    kiosks=(KioskPlace("Kiosk 1", "Karcis 1"),),
    printers=(
        PrinterPlace("Karcis 1", "screen:", ("Loket 3", "Hilang", "Karcis 1")),
        PrinterPlace("Loket 2", "screen:"),
        PrinterPlace("Loket 3", "screen:", ()),
    ),
)


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), tzinfo=JAKARTA)


def test_a_site_survives_the_way_through_plain_values() -> None:
    assert msgspec.convert(msgspec.to_builtins(SITE), Site) == SITE
    assert msgspec.convert(msgspec.json.decode(msgspec.json.encode(SITE)), Site, strict=False) == SITE


def test_a_site_that_was_written_down_before_printers_had_a_rule_has_none() -> None:
    before = msgspec.to_builtins(SITE) | {"printers": [{"name": "Karcis 1", "url": "screen:"}]}
    assert msgspec.convert(before, Site).printers == (PrinterPlace("Karcis 1", "screen:", None),)


def test_who_takes_over_is_whom_a_printer_names_or_else_any_other() -> None:
    assert SITE.taking_over("Karcis 1") == ("Loket 3",)
    assert SITE.taking_over("Loket 2") == ("Karcis 1", "Loket 3")
    assert SITE.taking_over("Loket 3") == ()


@pytest.mark.parametrize(
    ("agency", "moment", "reason"),
    [
        ("DLH", _at(MONDAY, "08:00"), None),
        ("DLH", _at(MONDAY, "14:29"), None),
        ("DLH", _at(MONDAY, "07:59"), "Tutup. Buka lagi 08.00"),
        ("DLH", _at(MONDAY, "14:30"), "Tutup. Buka lagi besok 08.00"),
        ("DLH", _at(date(2026, 11, 27), "15:00"), "Tutup. Buka lagi Senin 08.00"),
        ("DLH", _at(date(2026, 11, 27), "14:59"), None),
        ("DLH", _at(date(2026, 12, 24), "10:00"), "Tutup. Buka lagi Senin 08.00"),
        ("PLN", _at(MONDAY, "12:30"), "Tutup. Buka lagi 13.00"),
        ("PLN", _at(MONDAY, "14:59"), None),
        ("PLN", _at(MONDAY, "15:00"), "Tutup. Buka lagi Sen, 30 Nov 2026 08.00"),
    ],
)
def test_opening(agency: str, moment: datetime, reason: str | None) -> None:
    opening = SITE.opening(agency, moment)
    assert opening.is_open is (reason is None)
    assert (str(opening.reason) if opening.reason else None) == reason


def test_the_next_opening_is_a_moment_of_the_same_zone() -> None:
    assert SITE.opening("DLH", _at(date(2026, 12, 24), "10:00")).opens_at == _at(date(2026, 12, 28), "08:00")


def test_without_hours_it_is_always_open() -> None:
    assert Site("A", ("A",), "Asia/Jakarta").opening("DLH", _at(date(2026, 12, 25), "03:00")).is_open


def test_an_agency_without_any_hours_in_the_week_stays_closed() -> None:
    site = Site("A", ("A",), "Asia/Jakarta", hours=OpeningHours(WeekHours()))
    opening = site.opening("DLH", _at(MONDAY, "10:00"))
    assert (opening.is_open, str(opening.reason), opening.opens_at) == (False, "Tutup.", None)


def test_last_ticket_time() -> None:
    assert SITE.last_ticket_time("DLH", MONDAY) == time(14, 30)
    assert SITE.last_ticket_time("PLN", MONDAY) == time(15)
    assert SITE.last_ticket_time("DLH", date(2026, 11, 28)) is None
    assert SITE.last_ticket_time("DLH", date(2026, 12, 25)) is None


def test_register_template_and_printer_by_name() -> None:
    assert SITE.register_template("DLH") == "660/{n:06}/{year}"
    assert SITE.register_template("PLN") == DEFAULT_TEMPLATE
    assert SITE.printer_url("Karcis 1") == "screen:"
    assert SITE.printer_url("Karcis 9") is None
    assert SITE.printer_url(None) is None


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.sampled_from(["DLH", "PLN"]))  # noqa: DTZ001
def test_a_closed_agency_opens_when_it_says(moment: datetime, agency: str) -> None:
    opening = SITE.opening(agency, moment.replace(tzinfo=JAKARTA))
    if opening.is_open:
        assert opening.reason is None
        return
    assert opening.opens_at is not None
    assert opening.opens_at > moment.replace(tzinfo=JAKARTA)
    assert SITE.opening(agency, opening.opens_at).is_open
    assert not SITE.opening(agency, opening.opens_at - timedelta(microseconds=1)).is_open
