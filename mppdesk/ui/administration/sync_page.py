"""The page "Sinkronisasi": every link, what waits for it, and journals that need somebody's word."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import sync_words
from mppdesk.ui.administration.port import AdministrationPort, LinkRow, SyncScreen
from mppdesk.ui.shared.ages import moment_words
from mppdesk.ui.shared.cards import Card, FactList, HintCard
from mppdesk.ui.shared.chips import ChipLook, StateChip
from mppdesk.ui.shared.form_parts import Sentence, scrolling
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.tasks import Runner

_WELL = ChipLook("ok", "plug-connected")
_APART = ChipLook("warn", "plug-connected-x")
_MOST_TROUBLES = 20
_CENTRE = msg("Pusat, menurut hub")


class LinkCard(Card):
    """One link: its name and state, then its facts."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._chip, self.facts = label("", "title", 700), StateChip(), FactList()
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addWidget(self._chip)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.facts)

    @property
    def state_word(self) -> str:
        return self._chip.word

    def show_link(self, link: LinkRow, screen: SyncScreen) -> None:
        name, standing = sync_words.name(link), sync_words.standing(link, screen.now)
        self._name.setText(str(name))
        self._chip.set_state(_WELL if link.is_reached else _APART, standing)
        self.setAccessibleName(f"{name}, {standing}")
        last = link.last_exchange
        self.facts.set_fact(msg("Alamat"), link.url)
        self.facts.set_fact(msg("Menunggu dikirim"), sync_words.waiting(link, screen.now))
        self.facts.set_fact(msg("Terakhir disamakan"), moment_words(last, screen.now) if last else msg("belum pernah"))
        if link.centre is not None or str(_CENTRE) in self.facts.facts():
            self.facts.set_fact(_CENTRE, sync_words.centre(link.centre, screen.now))
        if link.stopped_logs:
            self.facts.set_fact(msg("Jurnal yang berhenti"), str(link.stopped_logs))


class SyncPage(QWidget):
    """The same truth as `mppdesk sync status --json`."""

    def __init__(self, port: AdministrationPort, tasks: Runner) -> None:
        super().__init__()
        self._port, self._tasks = port, tasks
        self._shown: SyncScreen | None = None
        self.sentence = Sentence()
        self.links: dict[str, LinkCard] = {}
        self._troubles: tuple[tuple[Text, Text], ...] = ()
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._trouble_rows, self._link_rows = QVBoxLayout(), QVBoxLayout()
        card = Card()
        card.body.addWidget(self.sentence)
        self._column.addWidget(card)
        self._column.addLayout(self._trouble_rows)
        self._column.addLayout(self._link_rows)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    @property
    def shown(self) -> SyncScreen | None:
        return self._shown

    @property
    def troubles(self) -> list[str]:
        """The sentences about journals that are held or stopped."""
        return [f"{happened} {do}" for happened, do in self._troubles]

    def read(self) -> None:
        self._tasks.run(self._port.sync, self.show_screen, self._refuse)

    def show_screen(self, screen: SyncScreen) -> None:
        self._shown = screen
        is_bad = bool(screen.held or screen.stopped)
        self.sentence.say(sync_words.summary(screen), kind="warn" if is_bad else "")
        self._show_links(screen)
        troubles = (*map(sync_words.stopped_words, screen.stopped), *map(sync_words.held_words, screen.held))
        if troubles != self._troubles:
            self._troubles = troubles
            self._show_troubles()

    def _show_links(self, screen: SyncScreen) -> None:
        for gone in self.links.keys() - {link.to for link in screen.links}:
            self.links.pop(gone).deleteLater()
        for link in screen.links:
            if link.to not in self.links:
                self.links[link.to] = LinkCard()
                self._link_rows.addWidget(self.links[link.to])
            self.links[link.to].show_link(link, screen)

    def _show_troubles(self) -> None:
        while (item := self._trouble_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for happened, do in self._troubles[:_MOST_TROUBLES]:
            card = HintCard("warn")
            card.say(happened, do)
            self._trouble_rows.addWidget(card)
        if len(self._troubles) > _MOST_TROUBLES:
            more = msg("... dan {count} lagi.", count=len(self._troubles) - _MOST_TROUBLES)
            self._trouble_rows.addWidget(label(str(more), "list", tone="ink2"))

    def _refuse(self, trouble: ClerkError) -> None:
        self.sentence.say(trouble.what_happened, trouble.what_to_do)
