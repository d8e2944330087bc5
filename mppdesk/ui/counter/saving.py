"""Ctrl+S: the paper of a file as PDF at once, in the folder it went to last; Ctrl+Shift+S asks where."""

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from mppdesk.domain.errors import ClerkError, Refused
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.texts import msg
from mppdesk.ui.counter.acts import CounterActs
from mppdesk.ui.counter.asking import Asking
from mppdesk.ui.counter.choice import Choice
from mppdesk.ui.shared.banner import Banner, BannerAction, BannerStack, Level

_CAUSE = "saved"
_SECONDS = 15.0
_MOST_PLACES = 6


class Saving(QObject):
    """One paper at a time, beside the keys of the clerk: a slow stick keeps nobody waiting.

    Which file was the last is asked in the order of the keys, so that Enter and then Ctrl+S saves what Enter decided.
    """

    def __init__(self, window: QWidget, acts: CounterActs, asking: Asking, banners: BannerStack) -> None:
        super().__init__(window)
        self._window, self._acts, self._asking, self._banners = window, acts, asking, banners
        self._file, self._is_saving = "", False
        asking.finding.panel.paper_wanted.connect(self._save_found)

    def save_last(self) -> None:
        """The paper of the file that this counter decided last, without a question."""
        if self._may_save():
            self._acts.ask(lambda port: port.last_file(), self.save)

    def ask_where_last(self) -> None:
        """The same in another folder, which then is the usual one."""
        if self._may_save():
            self._acts.ask(lambda port: port.last_file(), self.ask_where)

    def save(self, file: str, folder: Path | None = None) -> None:
        """Save the paper of a file, in the usual folder where none is named."""
        if self._is_saving:
            return
        self._file, self._is_saving = file, True
        self._banners.show_banner(
            _CAUSE, Banner(Level.ANSWER, "device-floppy", msg("Menyimpan PDF..."), msg("Silakan teruskan."), kind="ok")
        )
        self._acts.do_beside(lambda port: port.save_paper(file, folder), self._saved, self._failed)

    def ask_where(self, file: str) -> None:
        """Among the folders of this PC and what is plugged in; the last answer opens the system's own dialog."""
        self._file = file
        self._acts.do_beside(lambda port: port.saving_places(), self._offer, self._acts.refused.emit)

    def _may_save(self) -> bool:
        """The slip in view beside the checklist is only a preview: saved now, it would be somebody else's."""
        ticket = self._acts.ticket
        if self._acts.local.preview is None or ticket is None:
            return True
        happened = msg("{number} belum diputuskan, jadi belum ada PDF-nya.", number=ticket.row.number)
        self._acts.refused.emit(Refused(happened, msg("Tekan Enter dahulu, lalu Ctrl+S.")))
        return False

    def _save_found(self, file: str, elsewhere: bool) -> None:
        self.ask_where(file) if elsewhere else self.save(file)

    def _offer(self, places: tuple[SavingPlace, ...]) -> None:
        if self._acts.is_locked or self._asking.open_panel() is not None:
            return
        choices = [
            Choice(
                msg("{place}", place=place.name),
                partial(self.save, self._file, place.folder),
                msg("seperti terakhir") if place.is_usual else None,
            )
            for place in places[:_MOST_PLACES]
        ]
        choices.append(Choice(msg("Folder lain..."), partial(self._choose_folder, places[0].folder)))
        sentence = msg("PDF memuat data pribadi: hapus sesudah dikirim.")
        self._asking.choices.ask("device-floppy", msg("Simpan PDF di mana?"), choices, sentence)

    def _choose_folder(self, first: Path) -> None:
        """The system's dialog, which the window does not wait for."""
        dialog = QFileDialog(self._window, str(msg("Simpan PDF di mana?")), str(first))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _chosen(self, folder: str) -> None:
        self.save(self._file, Path(folder))

    def _saved(self, paper: SavedPaper) -> None:
        self._is_saving = False
        folder = _breakable(paper.file.parent)
        where = msg("{name} di {folder}.", name=paper.file.name, folder=folder)
        actions = (
            BannerAction(msg("Buka folder"), partial(_open, paper.file.parent)),
            BannerAction(msg("Ganti tempat"), partial(self.ask_where, self._file)),
        )
        what = msg("PDF {number} tersimpan, SALINAN {n}.", number=paper.number, n=paper.copy_number)
        banner = Banner(Level.ANSWER, "device-floppy", what, where, actions=actions, kind="ok")
        self._banners.show_banner(_CAUSE, banner, _SECONDS)

    def _failed(self, error: ClerkError) -> None:
        self._is_saving = False
        self._banners.end(_CAUSE)
        self._acts.refused.emit(error)


def _breakable(folder: Path) -> str:
    """A path may go on in the next line after each of its parts: a deep one would push the buttons out of sight."""
    return str(folder).replace(os.sep, f"{os.sep}\u200b")


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
