"""What the screen printer prints lies here, the newest on top."""

import threading

from pytestqt.qtbot import QtBot

from mppdesk.domain.slip import Align, Line, Rule, Slip, SlipKind
from mppdesk.domain.slip_rows import TextRow, set_in_columns
from mppdesk.ui.shared.paper_window import PaperWindow
from mppdesk.ui.shared.slip_drawing import paper_size, slip_image


def _ticket(number: str) -> Slip:
    return Slip(SlipKind.TICKET, (Line(number, Align.CENTER, 6), Rule()))


def test_slips_from_the_printing_thread_lie_newest_first(qtbot: QtBot) -> None:
    window = PaperWindow(keep=2)
    qtbot.addWidget(window)
    slips = [_ticket(number) for number in ("A-001", "A-002", "A-003")]

    def print_all() -> None:
        for slip in slips:
            window.receive(slip)

    printing = threading.Thread(target=print_all)
    printing.start()
    printing.join()
    qtbot.waitUntil(lambda: len(window.slips()) == 2 and window.slips()[0] == slips[2])

    assert window.slips() == (slips[2], slips[1])


def test_what_is_too_long_goes_on_in_the_next_row() -> None:
    slip = Slip(SlipKind.TEST, (Line("A" * 20, size=2),), columns=32)
    assert set_in_columns(slip) == (TextRow("A" * 16, size=2), TextRow("A" * 4, size=2))


def test_a_picture_has_the_dots_of_the_paper() -> None:
    slip = _ticket("A-001")
    assert slip_image(slip).width() == paper_size(slip, 12).width() == (48 + 5) * 12
