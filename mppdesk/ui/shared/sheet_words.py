"""Sentences about one sheet of paper, by what it is: whether it came out, that it is safe, that it is printed again."""

from mppdesk.domain.print_job import PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.texts import Text, msg


def did_it_come_out(job: PrintJob) -> Text:
    """What a person who stands at the printer is asked."""
    number = job.label
    match job.slip.kind:
        case SlipKind.TICKET:
            return msg("Apakah karcis {number} keluar?", number=number)
        case SlipKind.RECEIPT:
            return msg("Apakah tanda terima {number} keluar?", number=number)
        case SlipKind.LACKING:
            return msg("Apakah daftar kekurangan {number} keluar?", number=number)
        case SlipKind.REQUIREMENTS:
            return msg("Apakah daftar syarat {agency} keluar?", agency=number)
        case _:
            return msg("Apakah lembar {name} keluar?", name=number)


def paper_out_but_stored(job: PrintJob) -> Text:
    """What is safe although there is no paper."""
    number = job.label
    match job.slip.kind:
        case SlipKind.TICKET:
            return msg("Kertas habis. Karcis {number} sudah tersimpan.", number=number)
        case SlipKind.RECEIPT:
            return msg("Kertas habis. Tanda terima {number} sudah tersimpan.", number=number)
        case SlipKind.LACKING:
            return msg("Kertas habis. Daftar kekurangan {number} sudah tersimpan.", number=number)
        case _:
            return msg("Kertas habis. 1 cetakan sudah tersimpan.")


def is_reprinted(copy: PrintJob) -> Text:
    """What was asked for again, and how it can be told from the first; what never came out is the first."""
    number, n = copy.label, copy.copy_number
    if n == 0:
        return msg("Cetakan {number} belum pernah keluar: aslinya antre cetak, bukan salinan.", number=number)
    match copy.slip.kind:
        case SlipKind.TICKET:
            return msg("Karcis {number} dicetak ulang sebagai SALINAN {n}.", number=number, n=n)
        case SlipKind.RECEIPT:
            return msg("Tanda terima {number} dicetak ulang sebagai SALINAN {n}.", number=number, n=n)
        case SlipKind.LACKING:
            return msg("Daftar kekurangan {number} dicetak ulang sebagai SALINAN {n}.", number=number, n=n)
        case _:
            return msg("Lembar {number} dicetak ulang sebagai SALINAN {n}.", number=number, n=n)
