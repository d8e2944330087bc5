"""The sentences of the page "Printer": how one stands, what it can do, and what to do where it cannot print."""

from dataclasses import replace
from datetime import datetime

from mppdesk.domain.errors import BadInput, PrinterTrouble
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import (
    DeviceFileAddress,
    FolderAddress,
    Printer,
    QueueAddress,
    ScreenAddress,
    SerialAddress,
    UsbAddress,
    parse_printer,
)
from mppdesk.domain.printer_models import GENERIC_80, Confirmation, Form, PrinterModel
from mppdesk.domain.printer_options import url_saying
from mppdesk.texts import Text, msg
from mppdesk.ui.administration.printer_port import PrinterRow, PrinterTest
from mppdesk.ui.shared import printer_states

EXAMPLES = msg("Contoh: tcp://192.168.1.50:9100, usb:///dev/usb/lp0, serial:///dev/ttyUSB0?baud=19200, spool://KARCIS")
NOT_AN_ADDRESS = msg("Alamat ini belum lengkap atau tidak dikenal.")
ONLY_ADMINISTRATORS = msg("Hanya administrator yang mengubah printer. Anda dapat melihat dan mengujinya.")
NO_PRINTERS = msg("Belum ada printer. Tulis nama dan alamatnya di sebelah kanan, lalu uji.")

_MODELS = {
    "epson-tm-t82": "Epson TM-T82",
    "epson-tm-t20": "Epson TM-T20",
    "epson-tm-m30": "Epson TM-m30",
    "epson-tm-t88": "Epson TM-T88",
}
_SURENESS = {
    Confirmation.TAG: msg("memastikan setiap cetakan dengan tandanya"),
    Confirmation.ORDER: msg("memastikan setiap cetakan"),
    Confirmation.NONE: msg("tidak dapat memastikan cetakan"),
}


def standing(row: PrinterRow, now: datetime) -> Text:
    """How a printer stands and since when."""
    return printer_states.standing(row.state, row.since, now)


def sign(state: PrinterState) -> tuple[str, str]:
    """The icon of how a printer stands, and its tone."""
    return printer_states.state_sign(state)


def model_name(model: PrinterModel) -> Text | str:
    """The name on the case where it is a known one, else the width of the paper, or the size of its sheets."""
    if model.form is Form.A5:
        return "A5"
    width = "58 mm" if model.columns <= 32 else "80 mm"
    return _MODELS.get(model.name, width)


def where_and_kind(url: str) -> tuple[str, Text | str]:
    """The address without what it says of the printer, and what that is called; the whole where nobody understands."""
    try:
        return url_saying(url, GENERIC_80), model_name(parse_printer(url).model)
    except BadInput:
        return url, ""


def words(printer: Printer, *, has_others: bool) -> Text:
    """What a printer can do, and where it has to be tested when the building has other computers too."""
    can = _abilities(printer)
    if has_others and isinstance(printer.address, SerialAddress | UsbAddress | DeviceFileAddress | QueueAddress):
        return msg("{can} Ujilah di komputer tempat printer ini tersambung.", can=can)
    return can


def _abilities(printer: Printer) -> Text:
    match printer.address:
        case ScreenAddress():
            return msg("Jendela kertas di layar komputer ini.")
        case FolderAddress():
            return msg("Folder di komputer ini: setiap cetakan menjadi satu berkas, tanpa kertas.")
        case QueueAddress() if printer.model.form is Form.A5:
            return msg(
                "Kertas A5: tanda terima dan daftar kekurangan dalam bentuk A5, yang lain baris demi baris; "
                "tidak dapat memastikan cetakan."
            )
        case QueueAddress():
            return _model_words(replace(printer.model, confirmation=Confirmation.NONE))
        case _:
            return _model_words(printer.model)


def _model_words(model: PrinterModel) -> Text:
    return msg(
        "{name}: {columns} huruf per baris, {cutter}, {drawing}, {sureness}.",
        name=model_name(model),
        columns=model.columns,
        cutter=msg("memotong kertas") if model.has_cutter else msg("kertas disobek"),
        drawing=_drawing(model),
        sureness=_SURENESS[model.confirmation],
    )


def _drawing(model: PrinterModel) -> Text:
    if not model.draws_text:
        return msg("semua dikirim sebagai gambar")
    return msg("menggambar QR sendiri") if model.draws_qr else msg("QR dikirim sebagai gambar")


def used_by(row: PrinterRow | None) -> Text | None:
    """Which places print on it; None where nobody is asked about."""
    if row is None:
        return None
    if not row.used_by:
        return msg("Belum dipakai loket atau kiosk mana pun.")
    return msg("Dipakai {places}.", places=", ".join(row.used_by))


def not_ready(test: PrinterTest) -> PrinterTrouble:
    """Why no test slip came out."""
    return PrinterTrouble(
        msg("Printer tidak siap: {state}. Tidak ada yang dicetak.", state=printer_states.state_word(test.state)),
        msg("Periksa kertas, tutup, daya, dan kabelnya, lalu uji lagi."),
    )


def looked_at(test: PrinterTest) -> Text:
    """What to do with the test slip that came out."""
    if test.product:
        return msg("Lembar uji dikirim ke {product}. Ambil kertasnya, lalu jawab:", product=test.product)
    return msg("Lembar uji dikirim. Ambil kertasnya, lalu jawab:")
