"""What the set-up of one PC asks for, checks and says before anything is written; free of Qt."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.sign_in.view_state import ButtonWords

LEAST_PIN_LENGTH = 4


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """What is wrong with a file: its name, the place in it (may be empty), and a sentence."""

    file: str
    path: str
    sentence: Text
    is_error: bool

    @property
    def words(self) -> Text:
        if self.path:
            return msg("{file}, {path}: {sentence}", file=self.file, path=self.path, sentence=self.sentence)
        return msg("{file}: {sentence}", file=self.file, sentence=self.sentence)


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """What the two files would make; `administrator` is the user name that gets the PIN."""

    site_name: str
    counters: int
    people: int
    services: int
    administrator: str
    problems: tuple[ProblemLine, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not any(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class KeepSheet:
    """What has to go on paper: the recovery code, and the first PIN of everybody but the administrator."""

    site_name: str
    code: str
    pins: tuple[tuple[str, str], ...]


class SetUpPort(Protocol):
    """What the set-up windows ask for; every call is made off the GUI thread and may raise ClerkError."""

    def check(self, site_file: Path, catalog: Path) -> CheckedFiles:
        """Read both; nothing is written."""

    def make(self, site_file: Path, catalog: Path, pin: str) -> KeepSheet:
        """Make the data folder whole, or not at all."""

    def restore(self, backup: Path, code: str, *, again_today: bool) -> Text:
        """Bring a backup back; answers what came back in a sentence.

        `again_today`: another computer was restored on this date, so its numbers must not be given again.
        """


@dataclass(frozen=True, slots=True)
class SetUpState:
    """What is typed, and what became of it; `checked` belongs to the files that stand in the fields."""

    site_file: str = ""
    catalog: str = ""
    pin: str = ""
    pin_again: str = ""
    checked: CheckedFiles | None = None
    trouble: ClerkError | None = None
    is_working: bool = False

    def with_typed(self, site_file: str, catalog: str, pin: str, pin_again: str) -> "SetUpState":
        """Take what stands in the fields; other files have to be checked anew."""
        are_same = (site_file.strip(), catalog.strip()) == (self.site_file, self.catalog)
        return SetUpState(
            site_file.strip(), catalog.strip(), pin, pin_again, checked=self.checked if are_same else None
        )

    def working(self) -> "SetUpState":
        return replace(self, is_working=True, trouble=None)

    def with_checked(self, checked: CheckedFiles) -> "SetUpState":
        return replace(self, checked=checked, is_working=False)

    def refused(self, trouble: ClerkError) -> "SetUpState":
        return replace(self, trouble=trouble, is_working=False)

    @property
    def is_checked(self) -> bool:
        """Whether the files may be used; only then a PIN is asked for."""
        return self.checked is not None and self.checked.is_usable

    @property
    def button(self) -> ButtonWords:
        """What the one button says: first it checks the files, then it makes the office."""
        if self.is_working:
            return ButtonWords(msg("Sebentar, sedang dikerjakan"), False)
        if self.checked is None or not self.checked.is_usable:
            return ButtonWords(msg("Periksa berkas"), bool(self.site_file and self.catalog))
        words = msg("Pasang di komputer ini")
        return ButtonWords(words, len(self.pin) >= LEAST_PIN_LENGTH and self.pin == self.pin_again)

    @property
    def sentence(self) -> Text:
        """What was found, and what to do next."""
        checked = self.checked
        if checked is None:
            return msg("Pilih kedua berkas. Sebelum semuanya benar, tidak ada yang ditulis.")
        if not checked.is_usable:
            count = sum(problem.is_error for problem in checked.problems)
            return msg("Belum ada yang ditulis. Perbaiki {count} kesalahan di atas, lalu periksa lagi.", count=count)
        if self.pin and self.pin_again and self.pin != self.pin_again:
            return msg("Kedua PIN belum sama. Ketik lagi PIN yang kedua.")
        return msg(
            "{site}: {counters} loket, {people} petugas, {services} layanan. Pilih PIN untuk {administrator}, "
            "paling sedikit {least} angka.",
            site=checked.site_name,
            counters=checked.counters,
            people=checked.people,
            services=checked.services,
            administrator=checked.administrator,
            least=LEAST_PIN_LENGTH,
        )


@dataclass(frozen=True, slots=True)
class RestoreState:
    """A backup file and the code from the recovery sheet; `done` says what came back."""

    backup: str = ""
    code: str = ""
    is_again_today: bool = False
    trouble: ClerkError | None = None
    is_working: bool = False
    done: Text | None = None

    @property
    def button(self) -> ButtonWords:
        if self.is_working:
            return ButtonWords(msg("Sebentar, cadangan diperiksa dan dipulihkan"), False)
        if self.done is not None:
            return ButtonWords(msg("Lanjut ke masuk"), True)
        return ButtonWords(msg("Pulihkan dari cadangan ini"), bool(self.backup.strip() and self.code.strip()))
