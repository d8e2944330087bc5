"""The computers of the building: what each is, when it was last heard, and the two words that end or admit it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from mppdesk.texts import msg
from mppdesk.ui.administration import building_words
from mppdesk.ui.administration.port import BuildingScreen, StationRow
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.administration.view_state import BuildingState
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.labels import label

_EMPTY = msg("Belum ada komputer lain. Sesudah komputer ini menjadi gedung, yang bergabung muncul di sini.")


class StationsCard(Card):
    """Emits `chosen(device id)`, `revoke_wanted` and `admit_wanted`."""

    chosen = Signal(str)
    revoke_wanted = Signal()
    admit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "title", 700, wrap=True)
        self._empty = label(str(_EMPTY), "body", tone="ink2", wrap=True)
        self.table = Table(msg("Komputer gedung ini"), (msg("Nama"), msg("Menjadi"), msg("Keadaan")), stretched=2)
        self.table.chosen.connect(self.chosen)
        self.held = label("", "body", tone="ink2", wrap=True)
        self.revoke_button, self.admit_button = QPushButton(), QPushButton()
        for button, wanted in ((self.revoke_button, self.revoke_wanted), (self.admit_button, self.admit_wanted)):
            button.setAutoDefault(True)
            button.clicked.connect(wanted)
        acts = QHBoxLayout()
        acts.addWidget(self.revoke_button)
        acts.addWidget(self.admit_button)
        acts.addStretch(1)
        self.body.addWidget(self._title)
        self.body.addWidget(self._empty)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.held)
        self.body.addLayout(acts)

    def show_state(self, state: BuildingState) -> None:
        screen = state.screen
        self.setVisible(screen is not None)
        if screen is None:
            return
        self._title.setText(str(msg("{count} komputer di gedung ini", count=len(screen.stations))))
        are_there = bool(screen.stations)
        self._title.setVisible(are_there)
        self._empty.setVisible(not are_there)
        self.table.setVisible(are_there)
        self.table.show_rows(tuple(_row(screen, each) for each in screen.stations))
        room = QSizePolicy.Policy.Expanding if are_there else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, room)
        self.held.setText(str(state.held_words or ""))
        self.held.setVisible(state.held_words is not None)
        for button, words in (
            (self.revoke_button, state.revoke_button),
            (self.admit_button, state.admit_button),
        ):
            button.setVisible(state.is_hub and are_there)
            button.setText(str(words.words))
            button.setEnabled(words.is_usable)


def _row(screen: BuildingScreen, each: StationRow) -> Row:
    role, standing = str(building_words.ROLES[each.role]), str(building_words.standing(each, screen.now))
    sign = building_words.sign(each, screen.now)
    return Row(each.device_id, (each.label, role, standing), f"{each.label}, {role}, {standing}", sign)
