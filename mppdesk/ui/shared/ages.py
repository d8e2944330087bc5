"""How long ago, and when, in the words of bars and pages."""

from datetime import datetime, timedelta

from mppdesk.domain.formats import clock_time, list_date
from mppdesk.texts import Text, msg


def age(passed: timedelta) -> Text:
    minutes = max(0, int(passed.total_seconds())) // 60
    if minutes < 1:
        return msg("kurang dari 1 menit")
    if minutes < 60:
        return msg("{minutes} menit", minutes=minutes)
    if minutes < 60 * 24:
        return msg("{hours} jam {minutes} menit", hours=minutes // 60, minutes=minutes % 60)
    return msg("{days} hari", days=minutes // (60 * 24))


def short_age(passed: timedelta) -> Text:
    """For a chip: in its greatest unit alone."""
    minutes = max(0, int(passed.total_seconds())) // 60
    if minutes < 60:
        return msg("{minutes} mnt", minutes=minutes)
    if minutes < 60 * 24:
        return msg("{hours} jam", hours=minutes // 60)
    return msg("{days} hari", days=minutes // (60 * 24))


def moment_words(at: datetime, now: datetime) -> str:
    """The time of a moment of today, its date and time of any other."""
    return clock_time(at) if at.date() == now.date() else f"{list_date(at.date())} {clock_time(at)}"
