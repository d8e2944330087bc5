"""What a supervisor at a counter reads of the printers of other computers: after everything of her own, in one line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import msg
from mppdesk.ui.counter.choice_panel import ChoicePanel
from mppdesk.ui.counter.paper_state import RollWatch, paper_notice
from mppdesk.ui.counter.printer_banner import PaperBanner
from mppdesk.ui.shared.banner import Banner, BannerStack, Level

NOW = datetime(2026, 11, 23, 10, 45, tzinfo=UTC)
AT_10_42 = NOW - timedelta(minutes=3)
OUT = FarPrinter("Kiosk 1", "Kiosk 1", PrinterState.PAPER_OUT, AT_10_42, waiting=3)
OPEN = FarPrinter("Loket 5", "Loket 5", PrinterState.COVER_OPEN, AT_10_42)
DOUBTFUL = FarPrinter("Loket 6", "Printer lorong", PrinterState.READY, AT_10_42, unsure=2)
READY = FarPrinter("Loket 7", "Loket 7", PrinterState.READY, AT_10_42)
NEAR_END = FarPrinter("Kiosk 2", "Kiosk 2", PrinterState.PAPER_NEAR_END, AT_10_42)
OWN = PrinterStatus("Loket 1", PrinterState.READY, 0)


def said(*far: FarPrinter, own: PrinterStatus | None = OWN) -> str:
    notice = paper_notice(own, RollWatch(), NOW, far)
    parts = (notice.what_happened, notice.what_to_do, notice.note) if notice else ()
    return " ".join(str(each) for each in parts if each)


def test_it_says_where_what_since_when_and_how_many_wait() -> None:
    mend = "Ganti kertas; cetakan berlanjut sendiri."
    assert said(OUT) == f"Kiosk 1: kertas habis sejak 10.42, 3 cetakan menunggu. {mend}"
    assert said(OPEN).startswith("Loket 5: tutup terbuka sejak 10.42. Tutup kembali")
    assert said(DOUBTFUL).startswith("Loket 6 (Printer lorong): 2 cetakan belum pasti.")


def test_the_most_pressing_is_said_and_the_others_counted() -> None:
    assert said(DOUBTFUL, OPEN, READY, OUT).startswith("Kiosk 1:")
    assert said(DOUBTFUL, OPEN, READY, OUT).endswith("2 printer lain juga")
    assert said(DOUBTFUL, READY).startswith("Loket 6")


def test_a_printer_that_works_and_a_roll_near_its_end_interrupt_nobody() -> None:
    assert said(READY, NEAR_END) == ""


def test_ones_own_printer_comes_first_and_without_one_the_others_are_said_all_the_same() -> None:
    assert said(OUT, own=replace(OWN, state=PrinterState.COVER_OPEN)).startswith("Printer berhenti: tutup terbuka.")
    assert said(OUT, own=None).startswith("Kiosk 1:")
    assert said(own=None) == ""


def test_it_stands_behind_every_other_sentence_and_ends_with_its_cause(qtbot: QtBot) -> None:
    banners, parent = BannerStack(), QWidget()
    qtbot.addWidget(banners)
    qtbot.addWidget(parent)
    paper = PaperBanner(banners, acts=None, choices=ChoicePanel(parent))  # type: ignore[arg-type]  # nothing is pressed
    paper.look_afar((OUT,))
    paper.show(None, NOW)
    shown = banners.current()
    assert shown is not None and str(shown.what_happened).startswith("Kiosk 1:") and shown.level.kind == "warn"

    banners.show_banner("told", Banner(Level.OK, "circle-check", msg("Tersimpan."), msg("Silakan teruskan.")))
    assert banners.current() is not shown
    banners.end("told")
    paper.look_afar(())
    paper.show(None, NOW)
    assert banners.current() is None
