"""The sentences of each step: the question at the top, the strip below the head, the help that is on its way."""

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.print_job import PrinterState
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.faces import plain
from mppdesk.ui.kiosk.port import StaffCall
from mppdesk.ui.kiosk.ticket_state import Phase, TicketState
from mppdesk.ui.kiosk.view_state import KioskState, Step

STAFF_COMES = msg("Petugas sedang menuju ke sini.")
LIST_COMES = msg("Daftar syarat sedang dicetak.")
LATE_PAPER = msg("Karcis Anda keluar juga. Nomornya sama; silakan ambil.")
STILL_THERE = msg("Masih di sana?")
OPENING = msg("Sebentar, daftar instansi sedang dibuka.")
STOPPED = msg("Kiosk ini berhenti. Silakan ke petugas informasi di sebelah kanan.")
CALL_STAFF = msg("Panggil petugas")

_NO_PROOF = msg("Tidak ada yang perlu dibuktikan. Karcis langsung keluar.")
_NO_PROOF_ON_SCREEN = msg("Tidak ada yang perlu dibuktikan. Nomor langsung tampil di layar.")

_TITLES = {
    Step.AGENCY: msg("Instansi apa yang Anda tuju?"),
    Step.ALL_AGENCIES: msg("Semua instansi"),
    Step.SERVICE: msg("Pilih layanan"),
    Step.PRIORITY: msg("Satu langkah lagi"),
}
_TICKET_TITLES = {
    Phase.ISSUING: msg("Nomor Anda sedang dibuat"),
    Phase.PRINTING: msg("Karcis Anda sedang dicetak"),
    Phase.PRINTED: msg("Ambil karcis Anda"),
    Phase.UNSURE: msg("Ambil karcis Anda"),
    Phase.ON_SCREEN: msg("Nomor antrean Anda"),
    Phase.REFUSED: msg("Nomor belum dibuat"),
}


def title(state: KioskState) -> Text:
    """The question or the answer that stands largest."""
    if state.asked_s is not None:
        return STILL_THERE
    if state.step is Step.TICKET and state.ticket:
        return _TICKET_TITLES[state.ticket.phase]
    if state.step is Step.CLOSED and state.agency:
        return msg("{agency} sedang tutup", agency=state.agency.agency.short_name)
    if state.step is Step.PREVIEW and state.service:
        service = state.service.service
        return plain(service.everyday_name or service.name)
    return _TITLES.get(state.step, _TITLES[Step.AGENCY])


def subtitle(state: KioskState) -> Text | None:
    """What helps below the question where there is room, as on an upright panel; None where nothing is to be said."""
    if state.asked_s is not None or state.stopped is not None:
        return None
    if state.step in {Step.AGENCY, Step.ALL_AGENCIES, Step.SERVICE}:
        if state.settings.has_staff_call:
            return msg('Sentuh satu kotak. Belum tahu? Sentuh "{button}".', button=CALL_STAFF)
        return msg("Sentuh satu kotak. Belum tahu? Tanyakan kepada petugas informasi.")
    return no_proof(state) if state.step is Step.PRIORITY else None


def no_proof(state: KioskState) -> Text:
    """What a priority asks for, and what it gives at once."""
    return _NO_PROOF if state.has_paper else _NO_PROOF_ON_SCREEN


def take_number(state: KioskState) -> Text:
    """The last button; it promises no paper that cannot come out."""
    return msg("Cetak nomor antrean") if state.has_paper else msg("Tampilkan nomor antrean")


def strip(state: KioskState) -> Text | None:
    """The sentence below the head: trouble with paper, else what became of the last touch."""
    if state.step is not Step.TICKET or state.ticket is None:
        return state.notice or _no_paper_ahead(state)
    if state.ticket.phase is Phase.ON_SCREEN:
        return _no_paper(state.ticket, has_staff_call=state.settings.has_staff_call, prints=state.has_printer)
    return LATE_PAPER if is_late_paper(state) else state.notice


def is_late_paper(state: KioskState) -> bool:
    """Whether the paper came out after all."""
    return state.ticket is not None and state.ticket.phase is Phase.PRINTED and state.ticket.came_late


def trouble_words(trouble: ClerkError) -> Text:
    """What happened and what to do, as one text."""
    return msg("{what_happened} {what_to_do}", what_happened=trouble.what_happened, what_to_do=trouble.what_to_do)


def ahead_words(count: int) -> Text:
    return msg("{count} orang di depan Anda", count=count) if count else msg("Tidak ada orang di depan Anda")


def provisional_words() -> Text:
    """Cut off from the hub nobody knows how many are before her."""
    return msg("Nomor sementara dari kiosk ini, tetap berlaku")


def seconds_words(seconds: float) -> Text:
    return msg("Layar ini tetap tampil {count} detik lagi", count=round(seconds))


def call_for(priority: str | None) -> StaffCall | None:
    """Whom a priority brings at once."""
    return StaffCall.EMERGENCY if priority == "emergency" else None


def _no_paper_ahead(state: KioskState) -> Text | None:
    """Who knows it before she takes a number can reach for her phone."""
    if state.printer is None or not state.printer.state.blocks or state.asked_s is not None:
        return None
    if state.printer.state is PrinterState.PAPER_OUT:
        return msg("Kertas habis. Nomor tetap dapat diambil dan tampil di layar ini untuk difoto atau dicatat.")
    return msg("Printer berhenti. Nomor tetap dapat diambil dan tampil di layar ini untuk difoto atau dicatat.")


def _no_paper(ticket: TicketState, *, has_staff_call: bool, prints: bool) -> Text:
    """What is safe comes right after what happened; that help comes is said only where it does."""
    if not prints:
        return msg("Kiosk ini tidak mencetak karcis. Nomor Anda sudah tersimpan.")
    is_empty = ticket.cause is PrinterState.PAPER_OUT
    if has_staff_call:
        if is_empty:
            return msg("Kertas habis. Nomor Anda sudah tersimpan. Petugas diberi tahu.")
        return msg("Karcis tidak keluar. Nomor Anda sudah tersimpan. Petugas diberi tahu.")
    if is_empty:
        return msg("Kertas habis. Nomor Anda sudah tersimpan. Catat atau foto nomor ini.")
    return msg("Karcis tidak keluar. Nomor Anda sudah tersimpan. Catat atau foto nomor ini.")
