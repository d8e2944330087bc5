"""The sentences of the hub's refusals, so that every window and terminal says the same."""

from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.site import UserProfile
from mppdesk.domain.submission import Submission
from mppdesk.domain.visit import TicketStatus, Visit
from mppdesk.domain.ways import Way
from mppdesk.texts import Text, msg


def status_sentence(visit: Visit) -> Text:
    """Say where the ticket stands: {number} sudah dipanggil {counter}."""
    number, counter = visit.label, visit.counter_label or ""
    match visit.status:
        case TicketStatus.WAITING:
            return msg("{number} masih menunggu.", number=number)
        case TicketStatus.CALLED:
            return msg("{number} sudah dipanggil {counter}.", number=number, counter=counter)
        case TicketStatus.SERVING:
            return msg("{number} sedang dilayani {counter}.", number=number, counter=counter)
        case TicketStatus.ON_HOLD:
            return msg("{number} sedang ditunda.", number=number)
        case TicketStatus.NO_SHOW:
            return msg("{number} tercatat tidak hadir.", number=number)
        case TicketStatus.FINISHED:
            return msg("{number} sudah selesai.", number=number)
        case TicketStatus.CANCELLED:
            return msg("{number} sudah dibatalkan.", number=number)


def call_next_person() -> Text:
    """What is left to do where the number is not this counter's."""
    return msg("Panggil orang berikutnya ({call_next}).", call_next=Way.CALL_NEXT)


def check_each_row() -> Text:
    """What is left to do where nobody looked at the papers yet."""
    return msg("Periksa tiap baris, lalu ulangi ({register}).", register=Way.REGISTER)


def does_not_fit(visit: Visit) -> Refused:
    """The ticket is not in a state for this act."""
    return Refused(status_sentence(visit), msg("Tidak ada yang berubah. Pilih tindakan lain atau nomor lain."))


def unknown_ticket() -> Refused:
    return Refused(msg("Nomor ini tidak ditemukan."), msg("Periksa nomornya, atau cari di riwayat."))


def unknown_service(code: str) -> Refused:
    return Refused(
        msg("Layanan {code} tidak ada di katalog. Tidak ada yang berubah.", code=code),
        msg("Periksa kode layanan, atau impor katalog yang memuatnya."),
    )


def unknown_service_here(code: str, label: str) -> Refused:
    return Refused(
        msg("{counter} tidak melayani {code}. Tidak ada yang berubah.", counter=label, code=code),
        msg("Pilih layanan yang tercetak di karcis, atau arahkan ke loketnya."),
    )


def unknown_counter() -> Refused:
    return Refused(msg("Loket ini tidak dikenal."), msg("Periksa nama loket di pengaturan."))


def not_her_counter(user: UserProfile, label: str) -> Refused:
    return Refused(
        msg("{name} tidak terdaftar di {counter}. Tidak ada yang berubah.", name=user.display_name, counter=label),
        msg("Pilih tempat kerja yang terdaftar: {places}.", places=", ".join(user.workplaces)),
    )


def counter_is_closed(label: str) -> Refused:
    return Refused(msg("{counter} belum dibuka.", counter=label), msg("Buka loket lebih dahulu."))


def counter_on_break(label: str) -> Refused:
    return Refused(
        msg("{counter} sedang istirahat.", counter=label),
        msg("Akhiri istirahat ({end_break}), lalu panggil lagi.", end_break=Way.END_BREAK),
    )


def counter_is_busy(visit: Visit) -> Refused:
    """A call with a person at the desk."""
    if visit.status is TicketStatus.CALLED:
        return Refused(
            msg("{number} masih dipanggil di loket ini.", number=visit.label),
            msg(
                "Mulai layani ({start}), panggil ulang ({recall}), atau catat tidak hadir ({no_show}).",
                start=Way.START,
                recall=Way.RECALL,
                no_show=Way.NO_SHOW,
            ),
        )
    return Refused(
        msg("{number} masih dilayani di loket ini.", number=visit.label),
        msg("Selesaikan {number} dahulu ({finish}).", number=visit.label, finish=Way.FINISH),
    )


def nobody_here(label: str) -> Refused:
    return Refused(msg("Tidak ada nomor di {counter}.", counter=label), call_next_person())


def not_at_this_counter(visit: Visit) -> Refused:
    return Refused(status_sentence(visit), call_next_person())


def not_of_this_kiosk(visit: Visit) -> NotAllowed:
    return NotAllowed(
        msg("{number} bukan dari kiosk ini. Tidak ada yang dibatalkan.", number=visit.label),
        msg("Batalkan di loket atau di komputer penyelia."),
    )


def numbers_used_up(prefix: str) -> Refused:
    return Refused(
        msg("Nomor {prefix} untuk hari ini sudah habis. Tidak ada nomor yang dibuat.", prefix=prefix),
        msg("Minta penyelia memakai nomor empat angka mulai besok; layani dengan nomor tulis hari ini."),
    )


def submission_unheard() -> Refused:
    """A code that this computer does not know while it is cut off: somebody may have returned the file since."""
    return Refused(
        msg("Terputus dari hub, dan berkas ini belum sampai di komputer ini. Tidak ada yang berubah."),
        msg("Minta pemohon ke loket yang mengembalikannya, atau ulangi sesudah tersambung."),
    )


def unknown_submission() -> Refused:
    """A code that is in no paper of this office, or no submission of it."""
    return Refused(
        msg("Berkas ini tidak ditemukan. Tidak ada yang berubah."),
        msg("Pindai kode pada daftar kekurangan, atau ketik nomor antrean yang tercetak di atasnya."),
    )


def already_registered(submission: Submission) -> Refused:
    return Refused(
        msg("Berkas ini sudah terdaftar dengan nomor {number}.", number=submission.register_number or ""),
        msg("Tidak ada yang perlu dilengkapi. Pemohon memegang tanda terimanya."),
    )


def never_returned() -> Refused:
    return Refused(
        msg("Berkas ini belum pernah dikembalikan. Tidak ada yang berubah."),
        msg("Layani pemohon dengan nomornya seperti biasa."),
    )


def submission_of_another_agency(agency: str) -> Refused:
    return Refused(
        msg("Berkas ini milik {agency}, bukan untuk loket ini.", agency=agency),
        msg("Arahkan pemohon ke loket {agency}. Berkasnya tetap tersimpan.", agency=agency),
    )


def submission_is_held(holder: Visit) -> Refused:
    """The ticket it lies at is not over yet: waiting, put aside, or at another counter."""
    number = holder.label
    match holder.status:
        case TicketStatus.CALLED | TicketStatus.SERVING:
            what_to_do = msg("Berkasnya dilanjutkan di sana. Tidak ada yang berubah.")
        case TicketStatus.FINISHED | TicketStatus.CANCELLED:
            what_to_do = msg("Minta pemohon mengambil nomor baru, lalu pindai lagi daftar kekurangannya.")
        case _:
            what_to_do = msg("Layani {number} dari daftar antrean; berkasnya ikut.", number=number)
    return Refused(status_sentence(holder), what_to_do)
