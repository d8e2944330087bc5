"""The words of the page "Gedung": what this PC is, each station and how it stands, the code and its time."""

from datetime import datetime, timedelta

from mppdesk.domain.station import StationRole
from mppdesk.texts import Text, msg
from mppdesk.ui.administration.port import BuildingScreen, Invited, Place, StationRow
from mppdesk.ui.shared.ages import moment_words

# A station exchanges at least every 30 seconds.
_SILENT = timedelta(seconds=90)
ROLES: dict[StationRole, Text] = {
    StationRole.COUNTER: msg("Loket"),
    StationRole.KIOSK: msg("Kiosk"),
    StationRole.BOARD: msg("Papan panggilan"),
    StationRole.SUPERVISOR: msg("Penyelia"),
    StationRole.STANDBY: msg("Hub cadangan"),
    StationRole.HUB: msg("Hub"),
}
INVITED_ROLES = tuple(role for role in ROLES if role is not StationRole.HUB)


def heading(screen: BuildingScreen) -> Text:
    """What this PC is."""
    if screen.successor:
        return msg("Hub gedung sekarang {label}", label=screen.successor)
    if screen.trouble is not None:
        return msg("Hub di komputer ini tidak berjalan")
    if screen.place is Place.HUB:
        return msg("Komputer ini hub gedung")
    if screen.place is Place.STATION:
        return msg("Komputer ini {label}", label=screen.own_label)
    return msg("Satu komputer")


def explanation(screen: BuildingScreen) -> Text:
    """What that means, and what can be done."""
    if screen.successor:
        return msg(
            "Hub diambil alih dari komputer ini; jurnalnya tetap disamakan. Untuk bekerja di sini, daftarkan ia "
            "sebagai stasiun di folder baru: mppdesk desktop --data FOLDER."
        )
    if screen.trouble is not None:
        return msg("{happened} {do}", happened=screen.trouble.what_happened, do=screen.trouble.what_to_do)
    if screen.place is Place.HUB:
        return msg(
            "Komputer lain menghubungi {address}. Hub berjalan selama mppdesk terbuka di sini, "
            "walau tidak ada yang masuk.",
            address=screen.address,
        )
    if screen.place is Place.STATION:
        return msg("Hubnya di {address}. Komputer baru didaftarkan di komputer hub.", address=screen.address)
    return msg("Jadikan gedung agar komputer lain dapat bergabung. Data tetap di sini, antrean berjalan terus.")


def standing(row: StationRow, now: datetime) -> Text:
    """How a station stands, in a few words."""
    if row.is_revoked and row.are_facts_admitted:
        return msg("dicabut, sebagian catatan ditahan") if row.held > 0 else msg("dicabut, catatannya diterima")
    if row.is_revoked:
        return msg("dicabut")
    if row.held > 0:
        return msg("catatannya ditahan")  # it recorded what such a computer may not
    if row.is_hub:
        return msg("hub sekarang")
    if row.seen is None:
        return msg("belum terlihat")
    if now - row.seen <= _SILENT:
        return msg("tersambung")
    return msg("terakhir {at}", at=moment_words(row.seen, now))


def sign(row: StationRow, now: datetime) -> tuple[str, str]:
    """The icon of how a station stands, and its tone."""
    if row.is_revoked or row.held > 0:
        return "hand-stop", "bad"
    if row.is_hub or (row.seen is not None and now - row.seen <= _SILENT):
        return "plug-connected", "ok"
    return "plug-connected-x", "warn"


def may_revoke(screen: BuildingScreen, row: StationRow) -> bool:
    return screen.place is Place.HUB and not row.is_hub and not row.is_revoked


def may_admit(screen: BuildingScreen, row: StationRow) -> bool:
    """Whether a supervisor's word changes anything: none takes what a computer may never write (decision 16)."""
    return screen.place is Place.HUB and row.is_revoked and not row.are_facts_admitted


def held_words(row: StationRow) -> Text | None:
    """What waits of a station's journal, and whether anybody can take it; None where nothing waits."""
    if row.held == 0:
        return None
    if row.is_revoked and not row.are_facts_admitted:
        return msg("{pieces} bagian catatan {label} menunggu diterima.", pieces=row.held, label=row.label)
    if row.is_revoked:
        return msg(
            "{pieces} bagian catatan {label} tetap ditahan: di dalamnya ada yang bukan hak komputer itu, jadi tidak "
            "dapat diterima. Yang lain sudah diterima.",
            pieces=row.held,
            label=row.label,
        )
    return msg(
        "{pieces} bagian catatan {label} ditahan: di dalamnya ada yang bukan hak komputer itu, jadi tidak dapat "
        "diterima. Periksa siapa yang memakainya, lalu cabut bila bukan petugas.",
        pieces=row.held,
        label=row.label,
    )


def time_left(invited: Invited, now: datetime) -> Text:
    """How long a code still works."""
    seconds = max(0, int((invited.expires - now).total_seconds()))
    if seconds == 0:
        return msg("Kode ini sudah lewat waktu. Buat kode baru.")
    return msg("Berlaku sekali, {minutes}.{seconds} menit lagi", minutes=seconds // 60, seconds=f"{seconds % 60:02d}")


def joined_with(screen: BuildingScreen, invited: Invited) -> StationRow | None:
    """The station that a code made, once it is there."""
    found = (row for row in screen.stations if row.label == invited.label and row.role == invited.role)
    return next((row for row in found if row.enrolled >= invited.made), None)
