"""The one table of keys: windows bind it, the key bar draws it, F1 explains it.

A key never changes its place or meaning; only the words on it change with the state.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from mppdesk.texts import Text, msg

LOCK_SECONDS = 0.3


class Act(StrEnum):
    """What a key asks for."""

    HELP = "help"
    CALL_NEXT = "call_next"
    RECALL = "recall"
    NO_SHOW = "no_show"
    START = "start"
    HOLD = "hold"
    TRANSFER = "transfer"
    REPRINT = "reprint"
    DONE = "done"
    FULL_SCREEN = "full_screen"
    PAUSE_OR_CLOSE = "pause_or_close"
    FIND = "find"
    APPLICANT = "applicant"
    HISTORY = "history"
    SAVE = "save"
    SAVE_ELSEWHERE = "save_elsewhere"
    UNDO = "undo"
    LOCK = "lock"
    LEAVE = "leave"
    FIRST_ANSWER = "first_answer"
    SECOND_ANSWER = "second_answer"
    LARGER = "larger"
    SMALLER = "smaller"
    USUAL_SIZE = "usual_size"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key of a window: what it asks for, the words on it, whether the key bar shows it.

    `locks` keeps a second stroke within 300 ms from asking for two people.
    """

    act: Act
    keys: str
    label: Text
    in_bar: bool = False
    locks: bool = False


ANSWER_KEYS = ("Alt+1", "Alt+2")
"""Of the buttons in a banner, which never has the focus by itself."""
COUNTER_KEYS = (
    Shortcut(Act.HELP, "F1", msg("Bantuan")),
    Shortcut(Act.CALL_NEXT, "F2", msg("Panggil berikutnya"), in_bar=True, locks=True),
    Shortcut(Act.RECALL, "F3", msg("Panggil ulang"), in_bar=True),
    Shortcut(Act.NO_SHOW, "F4", msg("Tidak hadir"), in_bar=True, locks=True),
    Shortcut(Act.START, "F5", msg("Mulai layani"), in_bar=True),
    Shortcut(Act.HOLD, "F6", msg("Tunda"), in_bar=True),
    Shortcut(Act.TRANSFER, "F7", msg("Alihkan"), in_bar=True),
    Shortcut(Act.REPRINT, "F8", msg("Cetak ulang"), in_bar=True),
    Shortcut(Act.DONE, "F9", msg("Selesai"), in_bar=True, locks=True),
    Shortcut(Act.FULL_SCREEN, "F11", msg("Layar penuh")),
    Shortcut(Act.PAUSE_OR_CLOSE, "F12", msg("Istirahat atau tutup"), in_bar=True),
    Shortcut(Act.FIND, "Ctrl+F", msg("Cari nomor atau layanan")),
    Shortcut(Act.APPLICANT, "Ctrl+D", msg("Data pemohon")),
    Shortcut(Act.HISTORY, "Ctrl+H", msg("Riwayat nomor")),
    Shortcut(Act.SAVE, "Ctrl+S", msg("Simpan PDF berkas terakhir"), locks=True),
    Shortcut(Act.SAVE_ELSEWHERE, "Ctrl+Shift+S", msg("Simpan PDF di tempat lain"), locks=True),
    Shortcut(Act.UNDO, "Ctrl+Z", msg("Batalkan tindakan terakhir")),
    Shortcut(Act.LOCK, "Ctrl+L", msg("Kunci layar")),
    Shortcut(Act.LEAVE, "Esc", msg("Tutup panel; yang sudah diketik tidak hilang")),
    Shortcut(Act.FIRST_ANSWER, ANSWER_KEYS[0], msg("Tombol pertama di pita pesan"), locks=True),
    Shortcut(Act.SECOND_ANSWER, ANSWER_KEYS[1], msg("Tombol kedua di pita pesan"), locks=True),
    Shortcut(Act.LARGER, "Ctrl++", msg("Perbesar tampilan")),
    Shortcut(Act.SMALLER, "Ctrl+-", msg("Perkecil tampilan")),
    Shortcut(Act.USUAL_SIZE, "Ctrl+0", msg("Ukuran biasa")),
)


@dataclass(frozen=True, slots=True)
class ChecklistKey:
    """A single key that the checklist hears while it has the focus; it is no shortcut of the window."""

    shown: str
    label: Text


CHECKLIST_KEYS = (
    ChecklistKey("Spasi", msg("Ada, lalu turun")),
    ChecklistKey("K", msg("Kurang, lalu satu angka")),
    ChecklistKey("1", msg("tidak ada")),
    ChecklistKey("2", msg("tidak terbaca")),
    ChecklistKey("3", msg("kedaluwarsa")),
    ChecklistKey("4", msg("tidak sesuai")),
    ChecklistKey("5", msg("kurang jumlah")),
    ChecklistKey("T", msg("Tak berlaku")),
    ChecklistKey("↑ ↓", msg("Pindah baris")),
    ChecklistKey("Enter", msg("Rincian")),
    ChecklistKey("Backspace", msg("Kembali ke Belum")),
)


def bind(
    window: QWidget,
    table: Sequence[Shortcut],
    on_act: Callable[[Act], None],
    seconds: Callable[[], float] = time.monotonic,
) -> dict[Act, QShortcut]:
    """Give a window its keys; a held key counts once, a locking key not twice within 300 ms of `seconds`."""
    bound: dict[Act, QShortcut] = {}
    for row in table:
        key = QShortcut(QKeySequence(row.keys), window)
        key.setContext(Qt.ShortcutContext.WindowShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(_Stroke(row, on_act, seconds))
        bound[row.act] = key
    return bound


class _Stroke:
    """One key's way to the window, with its lock."""

    def __init__(self, row: Shortcut, on_act: Callable[[Act], None], seconds: Callable[[], float]) -> None:
        self._row, self._on_act, self._seconds = row, on_act, seconds
        self._open_again = float("-inf")

    def __call__(self) -> None:
        now = self._seconds()
        if self._row.locks:
            if now < self._open_again:
                return
            self._open_again = now + LOCK_SECONDS
        self._on_act(self._row.act)
