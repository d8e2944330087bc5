"""Opening hours as written in the site file: `monday: [08.00-12.00, 13.00-15.00]` for the building and for agencies."""

import re
from datetime import time

from mppdesk.domain.opening_hours import OpeningHours, Span, WeekHours
from mppdesk.integrations.fields import Fields
from mppdesk.texts import msg

_SPAN = re.compile(r"([0-9]{1,2})[.:]([0-9]{2}) ?- ?([0-9]{1,2})[.:]([0-9]{2})")
_MOST_MINUTES = 600


def read_hours(fields: Fields | None) -> OpeningHours:
    """Read the hours of the building and of agencies with hours of their own; none at all means always open."""
    if fields is None:
        return OpeningHours()
    building, agencies = fields.part("building"), fields.part("agencies")
    fields.close()
    return OpeningHours(_week(building) if building else None, _of_agencies(agencies) if agencies else {})


def _of_agencies(fields: Fields) -> dict[str, WeekHours]:
    return {code: _week(fields.required_part(code)) for code in fields.names()}


def _week(fields: Fields) -> WeekHours:
    week = WeekHours(
        monday=_spans(fields, "monday"),
        tuesday=_spans(fields, "tuesday"),
        wednesday=_spans(fields, "wednesday"),
        thursday=_spans(fields, "thursday"),
        friday=_spans(fields, "friday"),
        saturday=_spans(fields, "saturday"),
        sunday=_spans(fields, "sunday"),
        last_ticket_minutes=fields.optional_count("last_ticket_minutes", 0, _MOST_MINUTES) or 0,
    )
    fields.close()
    return week


def _spans(fields: Fields, day: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for index, text in enumerate(fields.texts(day)):
        span = _span(text)
        if span is None:
            fields.error(f"{day}[{index}]", msg("Tulis jam seperti 08.00-15.00; jam tutup sesudah jam buka."))
        elif spans and span.opens < spans[-1].closes:
            fields.error(f"{day}[{index}]", msg("Jam ini bertumpuk dengan jam sebelumnya."))
        else:
            spans.append(span)
    return tuple(spans)


def _span(text: str) -> Span | None:
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    hours = [int(each) for each in found.groups()]
    try:
        span = Span(time(hours[0], hours[1]), time(hours[2], hours[3]))
    except ValueError:
        return None
    return span if span.opens < span.closes else None
