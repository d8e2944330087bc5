"""The third step: what to bring, what it costs, how long it takes, before anybody waits for nothing."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.conditions import fee_sentence
from mppdesk.domain.working_time import span_text
from mppdesk.operations.readings import KioskAgency
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look, people_words
from mppdesk.ui.kiosk.fact_row import FactRow
from mppdesk.ui.kiosk.notice import Notice, Tone
from mppdesk.ui.kiosk.page import Card, KioskPage, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, MAIN_MM, TARGET_MM
from mppdesk.ui.kiosk.paper_list import PaperList
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.requirement_words import Paper, papers
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.shared.labels import rule
from mppdesk.ui.shared.theme import theme_of

_SIDE_SHARE, _LIST_SHARE = 4, 9
_DOWN, _ASIDE = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight


class PreviewPage(KioskPage):
    """The list at the left; the facts and the one filled button at the right, below on an upright panel."""

    def __init__(self) -> None:
        super().__init__()
        self.official = Prose("body", 500, "ink2")
        self.heading = Prose("head", 700)
        self.papers = PaperList()
        self.elsewhere = Notice()
        self.print_button = WordButton(Act(ActKind.PRINT_REQUIREMENTS), "", "printer")
        self.earlier = WordButton(Act(ActKind.TURN_TO), "", "chevron-left")
        self.later = WordButton(Act(ActKind.TURN_TO), "", "chevron-right", is_after=True)
        self.fee, self.time, self.queue = FactRow("cash"), FactRow("calendar"), FactRow("users")
        self.main = WordButton(Act(ActKind.GO_ON), "", "arrow-right", Look.MAIN, "title", is_after=True)
        self.closed = Notice()
        self._list_card, self._facts_card = Card(), Card()
        self._lay_out()
        self.papers.turned.connect(self._show_turns)
        for button in (self.print_button, self.earlier, self.later, self.main):
            self.wire(button)

    def show_scene(self, scene: Scene) -> None:
        agency, service = scene.state.agency, scene.state.service
        if agency is None or service is None:
            return
        self._fit(scene)
        brought = papers(service.service)
        name = service.service.name
        self.official.setText(name)
        self.official.setVisible(name != (service.service.everyday_name or name))
        self.heading.setText(scene.say(_heading(brought)))
        self._show_buttons(scene)
        self.papers.show_papers(brought, scene.state.page, scene.say)
        elsewhere = service.service.not_served_here
        self.elsewhere.show_words(scene.say(msg("{words}", words=elsewhere)) if elsewhere else "", Tone.WARN)
        self.fee.show_fact(scene.say(msg("Biaya")), scene.say(fee_sentence(service.service.fee)))
        self.time.show_fact(scene.say(msg("Selesai dalam")), scene.say(span_text(service.service.duration)))
        self._show_queue(agency, scene)

    def _show_queue(self, agency: KioskAgency, scene: Scene) -> None:
        caption = msg("Antrean {agency}", agency=agency.agency.short_name)
        self.queue.show_fact(scene.say(caption), scene.say(people_words(agency.waiting)))
        closed = scene.state.closed
        self.main.setVisible(closed is None)
        self.closed.show_words(scene.say(closed) if closed else "", Tone.CLOSED)

    def _show_buttons(self, scene: Scene) -> None:
        self.main.show_word(scene.say(msg("Ambil nomor")))
        self.print_button.show_word(scene.say(msg("Cetak daftar syarat saja")))
        self.print_button.setVisible(scene.state.has_paper)
        self.earlier.show_word(scene.say(msg("Sebelumnya")))
        self.later.show_word(scene.say(msg("Syarat berikutnya")))

    def _show_turns(self, number: int, count: int) -> None:
        for button, page in ((self.earlier, number - 1), (self.later, number + 1)):
            button.act = Act(ActKind.TURN_TO, str(page))
            button.setVisible(0 <= page < count)

    def _fit(self, scene: Scene) -> None:
        theme, panel = theme_of(self), scene.panel
        for button in (self.print_button, self.earlier, self.later):
            button.set_least_height(panel.pixels(TARGET_MM))
        self.main.set_least_height(max(panel.pixels(MAIN_MM), min(theme.px(140), self.height() // 4)))
        for lay in (self._list_lay, self._facts_lay):
            lay.setContentsMargins(*[theme.px(24)] * 4)
            lay.setSpacing(theme.px(10))
        self._turns.setSpacing(panel.pixels(GAP_MM))
        self._side.setSpacing(panel.pixels(GAP_MM))
        self._row.setSpacing(panel.pixels(GAP_MM))
        self._row.setDirection(_DOWN if panel.is_upright else _ASIDE)
        self._row.setStretch(1, 0 if panel.is_upright else _SIDE_SHARE)
        self._share_out_facts(are_aside=panel.is_upright and scene.state.is_large)

    def _share_out_facts(self, *, are_aside: bool) -> None:
        """Below each other; beside each other where large letters leave the list too little height."""
        self._facts_lay.setDirection(_ASIDE if are_aside else _DOWN)
        for fact in (self.fee, self.time, self.queue):
            self._facts_lay.setStretchFactor(fact, 1 if are_aside else 0)
        self._facts_lay.setStretch(self._facts_lay.count() - 1, 0 if are_aside else 1)
        for line in self._lines:
            line.setHidden(are_aside)

    def _lay_out(self) -> None:
        self._turns = QHBoxLayout()
        self._turns.addWidget(self.print_button)
        self._turns.addStretch(1)
        self._turns.addWidget(self.earlier)
        self._turns.addWidget(self.later)
        self._list_lay = _column(self._list_card, self.official, self.heading)
        self._list_lay.addWidget(self.papers, 1)
        self._list_lay.addWidget(self.elsewhere)
        self._list_lay.addLayout(self._turns)
        self._lines = rule(), rule()
        self._facts_lay = _column(self._facts_card, self.fee, self._lines[0], self.time, self._lines[1], self.queue)
        self._facts_lay.addStretch(1)
        self._side = QVBoxLayout()
        self._side.addWidget(self._facts_card, 1)
        self._side.addWidget(self.closed)
        self._side.addWidget(self.main)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._list_card, _LIST_SHARE)
        self._row.addLayout(self._side, _SIDE_SHARE)


def _heading(brought: tuple[Paper, ...]) -> Text:
    if not brought:
        return msg("Tidak ada dokumen yang perlu dibawa.")
    return msg("Yang harus dibawa: {count} syarat", count=len(brought))


def _column(card: QWidget, *parts: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(card)
    for part in parts:
        column.addWidget(part)
    return column
