"""A day that goes on ahead of today, since a clock was wrong: what is said of it, and the question that ends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mppdesk.domain.formats import long_date
from mppdesk.texts import msg
from mppdesk.ui.administration.port import WrongDate
from mppdesk.ui.shared.cards import HintCard
from mppdesk.ui.shared.dialogs import Choice, Question

CORRECT, CANCEL, OUTSIDE, LEAVE = "correct", "cancel", "outside", "leave"


class WrongDateCard(HintCard):
    """Says which date goes on and which the clock shows; emits `correct_wanted`."""

    correct_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("warn")
        self.button = QPushButton(str(msg("Betulkan tanggal...")))
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.correct_wanted)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_wrong(self, wrong: WrongDate | None) -> None:
        self.setVisible(wrong is not None)
        if wrong is not None:
            self.say(
                msg(
                    "Hari pelayanan yang berjalan {day}, padahal jam komputer menunjukkan {today}.",
                    day=long_date(wrong.day),
                    today=long_date(wrong.today),
                ),
                msg("Antrean berjalan dan tersimpan. Bila jam sekarang benar, betulkan tanggal; bila tidak, jamnya."),
            )


def question_about(parent: QWidget, wrong: WrongDate) -> Question:
    """Ask whether today is really that date, and what becomes of who is left."""
    today, day = long_date(wrong.today), long_date(wrong.day)
    kept = msg(
        "Hari {day} diakhiri, karcisnya tetap tersimpan. Nomor hari ini meneruskannya. Petugas membuka loketnya lagi. "
        "Nama Anda dicatat.",
        day=day,
    )
    choices = [Choice(CORRECT, msg("Ya, betulkan tanggal"))]
    if wrong.left:
        kept = msg("{count} nomor belum selesai. {kept}", count=wrong.left, kept=kept)
        choices = [
            Choice(OUTSIDE, msg("Ya, selesai di luar")),
            Choice(CANCEL, msg("Ya, batalkan nomor")),
        ]
    title = msg("Hari ini {today}?", today=today)
    return Question(parent, title, kept, choices, Choice(LEAVE, msg("Biarkan")), is_dangerous=True)
