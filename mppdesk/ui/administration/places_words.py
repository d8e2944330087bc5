"""The sentences of "Loket dan kiosk": where each prints, what another printer means for it, and what waits."""

from datetime import datetime

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_address import ScreenAddress, parse_printer, prints_a5
from mppdesk.operations.printing_places import PlaceKind
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.administration.places_port import PlaceRow
from mppdesk.ui.administration.printer_port import PrinterRow

NO_PRINTER = msg("Tanpa printer")
NO_PLACES = msg("Belum ada loket atau kiosk.")
ONLY_ADMINISTRATORS = msg("Hanya administrator yang mengubah printer. Anda dapat melihatnya.")

_MOST_NAMED = 3


def heading(place: PlaceRow) -> Text:
    if not place.agency:
        return msg("{label} mencetak di", label=place.label)
    return msg("{label} ({agency}) mencetak di", label=place.label, agency=place.agency)


def printer_name(printer: str | None) -> Text | str:
    return NO_PRINTER if printer is None else printer


def kind(row: PrinterRow) -> Text | str:
    """What comes out there: paper of a width, sheets, or only a picture on the screen."""
    try:
        printer = parse_printer(row.url)
    except BadInput:
        return ""
    return msg("di layar") if isinstance(printer.address, ScreenAddress) else printer_words.model_name(printer.model)


def standing(row: PrinterRow, now: datetime) -> Text:
    return printer_words.standing(row, now)


def consequence(place: PlaceRow, printer: str | None, row: PrinterRow | None, *, has_others: bool) -> Text:
    """What saving will do, and to what waits for the printer before; `row` is the printer where it is known."""
    said = _from_now_on(place, printer, row)
    if place.waiting and printer is not None:
        words = "{said} {count} cetakan masih menunggu {old}: Anda ditanya dulu, dipindahkan atau tetap keluar di sana."
        said = msg(words, said=said, count=place.waiting, old=place.printer)
    elif place.waiting:
        words = "{said} {count} cetakan yang masih menunggu {old} tetap keluar di sana."
        said = msg(words, said=said, count=place.waiting, old=place.printer)
    return _with_others(said, place) if has_others else said


def done(place: PlaceRow, printer: str | None) -> Text:
    """What was changed."""
    if printer is not None:
        return msg("{label} kini mencetak di {printer}.", label=place.label, printer=printer)
    return msg("{label} kini tidak mencetak.", label=place.label)


def what_waits(place: PlaceRow, sharing: tuple[str, ...], *, has_others: bool) -> Text:
    """How much waits where it printed until now; the others that print there may be whose it is."""
    said = msg("{count} cetakan di komputer ini masih menunggu {old}.", count=place.waiting, old=place.printer)
    if sharing:
        said = msg(
            "{count} cetakan di komputer ini masih menunggu {old}, mungkin juga untuk {places}.",
            count=place.waiting,
            old=place.printer,
            places=_named(sharing),
        )
    return _with_others(said, place) if has_others else said


def _from_now_on(place: PlaceRow, printer: str | None, row: PrinterRow | None) -> Text:
    if printer is None and place.kind is PlaceKind.KIOSK:
        return msg(
            "{label} tidak mencetak lagi: nomor tampil di layarnya, untuk difoto atau dicatat.", label=place.label
        )
    if printer is None:
        return msg("{label} tidak mencetak lagi: isi tanda terima hanya tampil di layar.", label=place.label)
    if row is not None and place.kind is PlaceKind.KIOSK and prints_a5(row.url):
        return msg(
            "Sesudah disimpan, karcis {label} keluar di lembar A5 {printer}.", label=place.label, printer=printer
        )
    return msg("Sesudah disimpan, {label} mencetak di {printer}.", label=place.label, printer=printer)


def _with_others(said: Text, place: PlaceRow) -> Text:
    """What waits at other computers nobody here knows."""
    if place.printer is None:
        return said
    return msg("{said} Yang menunggu di komputer lain tetap keluar di {old}.", said=said, old=place.printer)


def _named(places: tuple[str, ...]) -> Text | str:
    more = len(places) - _MOST_NAMED
    named = ", ".join(places[:_MOST_NAMED])
    return msg("{named}, dan {more} lainnya", named=named, more=more) if more > 0 else named
