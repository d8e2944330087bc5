"""The page "Kejanggalan": what happened twice or too late, what each of it means, and who looked at it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import anomaly_words
from mppdesk.ui.administration.look_card import LookCard
from mppdesk.ui.administration.port import AdministrationPort, AnomalyRow, AnomalyScreen, WrongDate
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.administration.wrong_date import CORRECT, LEAVE, WrongDateCard, question_about
from mppdesk.ui.shared.ages import moment_words
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import Sentence
from mppdesk.ui.shared.tasks import Runner

_COLUMNS = (msg("Tentang"), msg("Kapan"), msg("Siapa"), msg("Yang dicatat"), msg("Keadaan"))
_SAID = 3
_OPEN, _SEEN = msg("terbuka"), msg("sudah dilihat")
_NONE = msg("Tidak ada kejanggalan. Semua langkah yang tercatat saling cocok.")
_ALL_SEEN = msg("Semua kejanggalan sudah dilihat. Tidak ada yang perlu dilakukan.")
_SOME = msg("Langkah di bawah ini tidak cocok dengan yang sudah tercatat, jadi tidak berlaku. Semuanya tersimpan.")


class AnomalyPage(QWidget):
    """The list, open ones first, and below it the chosen one; nothing is hidden and nothing deleted."""

    def __init__(self, port: AdministrationPort, tasks: Runner, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._port, self._tasks, self._now = port, tasks, now
        self._shown = AnomalyScreen()
        self.sentence = Sentence()
        self.table = Table(msg("Kejanggalan"), _COLUMNS, stretched=_SAID)
        self.meaning = LookCard()
        self.wrong_date = WrongDateCard()
        self.table.chosen.connect(self._explain)
        self.meaning.looked.connect(self._mark_seen)
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

    def press(self) -> None:
        """F9: say that the chosen one was looked at."""
        self.meaning.press()

    def show_screen(self, screen: AnomalyScreen) -> None:
        self._shown = screen
        self._show()

    def _show(self) -> None:
        rows = self._shown.rows
        self.wrong_date.show_wrong(self._shown.wrong_date)
        self.table.setVisible(bool(rows))
        self.table.show_rows(tuple(_row(each, self._now()) for each in rows))
        self.sentence.say(_sentence(self._shown), kind="")
        self._explain(self.table.chosen_key or "")

    def _explain(self, key: str) -> None:
        row = next((each for each in self._shown.rows if each.entry_id == key), None)
        self.meaning.show_row(row, self._now())

    def _mark_seen(self, note: str) -> None:
        """The next open one is in hand afterwards, so that a list is gone through by F9 alone."""
        key = self.table.chosen_key
        if key is None:
            return
        others = (row.entry_id for row in _after(self._shown.rows, key) if row.seen is None)
        following = next(others, None)

        def marked(_done: None) -> None:
            self.table.choose(following)
            self.read()

        self._tasks.run(partial(self._port.mark_seen, key, note), marked, self._refuse)

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


def _after(rows: tuple[AnomalyRow, ...], key: str) -> tuple[AnomalyRow, ...]:
    """The rows after one, then those before it."""
    at = next((n for n, row in enumerate(rows) if row.entry_id == key), len(rows))
    return (*rows[at + 1 :], *rows[:at])


def _sentence(screen: AnomalyScreen) -> Text:
    if not screen.rows:
        return _NONE
    sentence = _SOME if any(row.seen is None for row in screen.rows) else _ALL_SEEN
    if not screen.more:
        return sentence
    return msg("{sentence} {more} yang lain tidak ditampilkan.", sentence=sentence, more=screen.more)


def _row(each: AnomalyRow, now: datetime) -> Row:
    state, sign = (_OPEN, ("alert-triangle", "warn")) if each.seen is None else (_SEEN, ("circle-check", "ok"))
    told = (each.about, moment_words(each.at, now), anomaly_words.who_and_where(each), str(each.what), str(state))
    return Row(each.entry_id, told, f"{', '.join(filter(None, told))} {anomaly_words.meaning(each)}", sign)
