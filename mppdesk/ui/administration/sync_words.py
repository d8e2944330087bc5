"""The words of the page "Sinkronisasi": each link, what waits, what is held or stopped, and what to do about it."""

from datetime import datetime

from mppdesk.texts import Text, msg
from mppdesk.ui.administration.port import CentreRow, HeldRow, LinkRow, Place, StoppedRow, SyncScreen
from mppdesk.ui.shared.ages import age, moment_words

_NAMES = {"hub": msg("Hub gedung"), "centre": msg("Pusat")}
_FORKS = ("fork", "peer_fork")
_NOT_ENTITLED, _TOO_MUCH = "not_entitled", "too_much"
_WRONG_KEY, _COPIED_FOLDER = "wrong_key", "copied_folder"
_WHOSE_PLACE = msg(
    "Di dalamnya ada catatan yang bukan hak komputer itu, jadi tidak diterima di mana pun. "
    "Periksa siapa yang memakainya, lalu cabut di halaman Gedung; komputer penyelia didaftarkan dengan peran penyelia."
)


def name(link: LinkRow) -> Text:
    return _NAMES.get(link.to, msg("{name}", name=link.to))


def standing(link: LinkRow, now: datetime) -> Text:
    if link.is_reached:
        return msg("tersambung sejak {at}", at=_at(link.since, now))
    if not link.is_running:
        return msg("program tidak berjalan")
    return msg("tidak tersambung sejak {at}", at=_at(link.since, now))


def waiting(link: LinkRow | CentreRow, now: datetime) -> Text:
    """How much waits for the other side, and how old the oldest of it is."""
    if link.waiting == 0:
        return msg("tidak ada")
    if link.oldest is None:
        return msg("{count} catatan", count=link.waiting)
    return msg("{count} catatan, tertua {age}", count=link.waiting, age=age(now - link.oldest))


def centre(row: CentreRow | None, now: datetime) -> Text:
    """What the hub said of its centre."""
    if row is None:
        return msg("belum diketahui")
    if row.is_reached:
        return msg("tersambung sejak {at}", at=moment_words(row.since, now))
    since, waits = moment_words(row.since, now), waiting(row, now)
    return msg("tidak tersambung sejak {at}; di hub menunggu: {waiting}", at=since, waiting=waits)


def summary(screen: SyncScreen) -> Text:
    """The one sentence at the top of the page."""
    if screen.stopped or screen.held:
        return msg("Ada jurnal yang menunggu keputusan; lihat di bawah. Yang lain berjalan terus.")
    if not screen.links and screen.place is Place.ONE_PC:
        return msg("Komputer ini bekerja sendiri, tanpa hub lain dan tanpa pusat. Tidak ada yang perlu dilakukan.")
    if not screen.links:
        return msg("Stasiun menyamakan jurnal dengan hub ini sendiri-sendiri. Pusat belum dipasang.")
    if any(link.centre is not None and not link.centre.is_reached for link in screen.links):
        return msg("Hub tidak mencapai pusat; catatan menunggu di hub dan menyusul sendiri. Antrean berjalan normal.")
    if all(link.is_reached for link in screen.links):
        return msg("Semua tersambung. Tidak ada yang perlu dilakukan.")
    return msg("Yang terputus dicoba lagi terus-menerus; catatan yang menunggu tersimpan dan menyusul sendiri.")


def held_words(row: HeldRow) -> tuple[Text, Text]:
    """What waits of a device, and what to do."""
    happened = msg("{pieces} bagian jurnal {label} menunggu.", pieces=row.pieces, label=row.label)
    if not row.is_entitled:
        return happened, _WHOSE_PLACE
    if row.is_enrolled:
        return happened, msg("Stasiun ini dicabut. Terima catatannya di halaman Gedung bila memang miliknya.")
    return happened, msg("Perangkat ini tidak terdaftar. Daftarkan dengan kode baru; catatannya lalu diterima sendiri.")


def stopped_words(row: StoppedRow) -> tuple[Text, Text]:
    """Why a log stopped, or whose data key was not taken, and what to do."""
    if row.reason == _WRONG_KEY:
        return _wrong_key(row)
    if row.reason == _COPIED_FOLDER:
        return _copied_folder(row)
    happened = msg("Jurnal {label} berhenti di nomor {seq}.", label=row.label, seq=row.seq)
    if row.reason in _FORKS:
        return happened, msg(
            "Dua catatan berbeda mengaku nomor yang sama; folder data itu mungkin pernah disalin. "
            "Tidak ada yang ditimpa. Pakai hanya satu dari kedua komputer, daftarkan yang lain sebagai komputer baru."
        )
    if row.reason == _NOT_ENTITLED:
        return happened, _WHOSE_PLACE
    if row.reason == _TOO_MUCH:
        return happened, msg(
            "Komputer itu mencatat lebih banyak karcis kertas atau tanggal daripada yang mungkin dilayani sehari. "
            "Semuanya tersimpan tetapi tidak berlaku. Periksa siapa yang memakainya; bila bukan petugas, cabut."
        )
    return happened, msg(
        "Bagian yang datang rusak atau bukan miliknya ({reason}), jadi tidak diterima. "
        "Jalankan mppdesk doctor di komputer itu, lalu simpan folder datanya untuk diperiksa.",
        reason=row.reason,
    )


def _copied_folder(row: StoppedRow) -> tuple[Text, Text]:
    return msg("{label} dipakai dua kali: folder datanya disalin, atau isi lamanya kembali.", label=row.label), msg(
        "Semua catatan disimpan. Pakai hanya satu dari kedua komputer, daftarkan yang lain sebagai komputer baru. "
        "Bila hanya ada satu, jangan kembalikan citra disk; pakai mppdesk restore."
    )


def _wrong_key(row: StoppedRow) -> tuple[Text, Text]:
    to_do = msg("Periksa siapa yang memakai komputer itu, lalu cabut di halaman Gedung bila bukan petugas.")
    if not row.label:
        return msg("Hub atau pusat membawa kunci data yang salah. Kunci itu tidak dipakai; yang benar tetap."), to_do
    return msg(
        "{label} membawa kunci data yang salah. Kunci itu tidak dipakai; yang benar tetap.", label=row.label
    ), to_do


def _at(at: datetime | None, now: datetime) -> str:
    return moment_words(at, now) if at else "?"
