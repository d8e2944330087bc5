"""What the page "Printer" says of an office printer."""

from mppdesk.domain.printer_address import parse_printer
from mppdesk.ui.administration.printer_words import where_and_kind, words


def test_a_printer_of_sheets_is_called_a5_and_promises_no_more_than_it_can() -> None:
    url = "spool://KANTOR?form=a5"
    assert where_and_kind(url) == ("spool://KANTOR", "A5")
    said = str(words(parse_printer(url), has_others=False))
    assert said.startswith("Kertas A5: ")
    assert "tidak dapat memastikan cetakan" in said
