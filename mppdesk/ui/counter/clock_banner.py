"""The banner that says that this computer's clock stands before the day of service, for as long as it does."""

from datetime import date, datetime

from mppdesk.domain.formats import long_date
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.banner import Banner, BannerStack, Level

_CAUSE = "clock"


def show_early_clock(banners: BannerStack, day: date | None, now: datetime) -> None:
    """Show or take away; `day` is the service day whose queue is on the screen, which goes on whatever a clock says."""
    trouble = early_clock(day, now)
    if trouble is None:
        banners.end(_CAUSE)
    else:
        banners.show_banner(_CAUSE, Banner(Level.WARN, "clock", *trouble))


def early_clock(day: date | None, now: datetime) -> tuple[Text, Text] | None:
    """What happened and what to do; None when the clock is not behind."""
    if day is None or day <= now.date():
        return None
    return (
        msg("Jam komputer ini menunjukkan {today}.", today=long_date(now.date())),
        msg(
            "Hari pelayanan {day} diteruskan dan semuanya tersimpan. Minta admin membetulkan jam; bila jam ini benar, "
            "penyelia membetulkan tanggal di Administrasi, Kejanggalan.",
            day=long_date(day),
        ),
    )
