"""The page "Kejanggalan": what happened twice or too late, newest first, and what each of it means."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg
from mppdesk.ui.administration import anomaly_words
from mppdesk.ui.administration.building_words import moment_words
from mppdesk.ui.administration.port import AdministrationPort, AnomalyRow, AnomalyScreen, WrongDate
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.administration.wrong_date import CORRECT, LEAVE, WrongDateCard, question_about
from mppdesk.ui.shared.cards import Card, HintCard
from mppdesk.ui.shared.form_parts import Sentence
from mppdesk.ui.shared.tasks import Runner

_COLUMNS = (msg("Tentang"), msg("Kapan"), msg("Siapa"), msg("Yang dicatat"))
_SAID = 3
_NONE = msg("Tidak ada kejanggalan. Semua langkah yang tercatat saling cocok.")
_SOME = msg("Langkah di bawah ini tidak cocok dengan yang sudah tercatat, jadi tidak berlaku. Semuanya tersimpan.")


class AnomalyPage(QWidget):
    """The list, and below it the meaning of the chosen row; nothing is hidden and nothing deleted."""

    def __init__(self, port: AdministrationPort, tasks: Runner, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._port, self._tasks, self._now = port, tasks, now
        self._shown = AnomalyScreen()
        self.sentence = Sentence()
        self.table = Table(msg("Kejanggalan"), _COLUMNS, stretched=_SAID)
        self.meaning = HintCard("warn")
        self.wrong_date = WrongDateCard()
        self.table.chosen.connect(self._explain)
        self.wrong_date.correct_wanted.connect(self._ask_about_date)
        card = Card()
        card.body.addWidget(self.sentence)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.wrong_date)
        column.addWidget(card, 1)
        column.addWidget(self.meaning)
        self._show()

    @property
    def shown(self) -> AnomalyScreen:
        return self._shown

    def read(self) -> None:
        self._tasks.run(self._port.anomalies, self.show_screen, self._refuse)

    def show_screen(self, screen: AnomalyScreen) -> None:
        self._shown = screen
        self._show()

    def _show(self) -> None:
        rows, more = self._shown.rows, self._shown.more
        self.wrong_date.show_wrong(self._shown.wrong_date)
        self.table.setVisible(bool(rows))
        self.table.show_rows(tuple(_row(each, self._now()) for each in rows))
        if not rows:
            self.sentence.say(_NONE, kind="")
        elif more:
            self.sentence.say(
                msg("{sentence} {more} yang lebih lama tidak ditampilkan.", sentence=_SOME, more=more), kind=""
            )
        else:
            self.sentence.say(_SOME, kind="")
        self._explain(self.table.chosen_key or "")

    def _explain(self, key: str) -> None:
        row = next((each for each in self._shown.rows if each.entry_id == key), None)
        self.meaning.setVisible(row is not None)
        if row is not None:
            self.meaning.say(msg("{about}: {what}", about=row.about, what=row.what), anomaly_words.meaning(row))

    def _ask_about_date(self) -> None:
        wrong = self._shown.wrong_date
        if wrong is not None:
            question = question_about(self, wrong)
            question.chosen.connect(lambda act: self._correct(wrong, act))
            question.finished.connect(question.deleteLater)
            question.open()

    def _correct(self, wrong: WrongDate, act: str) -> None:
        if act != LEAVE:
            leftovers = None if act == CORRECT else act
            correct = partial(self._port.correct_date, wrong.today, leftovers)
            self._tasks.run(correct, lambda _done: self.read(), self._refuse)

    def _refuse(self, trouble: ClerkError) -> None:
        self.sentence.say(trouble.what_happened, trouble.what_to_do)


def _row(each: AnomalyRow, now: datetime) -> Row:
    cells = (each.about, moment_words(each.at, now), anomaly_words.who_and_where(each), str(each.what))
    return Row(each.entry_id, cells, f"{', '.join(filter(None, cells))} {anomaly_words.meaning(each)}")
