"""Makes or restores the data folder of a PC that has none, for the set-up windows."""

import shutil
from pathlib import Path

from mppdesk.cli.setting_up import make_office
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.site import Role
from mppdesk.integrations.catalog_files import read_catalog
from mppdesk.integrations.problems import Problem, Severity
from mppdesk.integrations.site_files import read_site
from mppdesk.texts import Text, msg
from mppdesk.ui.sign_in.set_up_state import CheckedFiles, KeepSheet, ProblemLine


class NewOfficePort:
    """ui.sign_in.set_up_state.SetUpPort over the real storage; secrets go to `place`, None asks the system."""

    def __init__(self, home: Path, place: SecretPlace | None = None) -> None:
        self._home = home
        self._place = place

    def check(self, site_file: Path, catalog: Path) -> CheckedFiles:
        site, services = read_site(site_file), read_catalog(catalog)
        problems = (*site.problems, *services.problems)
        administrators = (user.user_name for user in site.users if Role.ADMINISTRATOR in user.roles)
        return CheckedFiles(
            site_name=site.site.name,
            counters=len(site.counters),
            people=len(site.users),
            services=len(services.services),
            administrator=next(administrators, ""),
            problems=tuple(sorted(map(_line, problems), key=lambda line: not line.is_error)),
        )

    def make(self, site_file: Path, catalog: Path, pin: str) -> KeepSheet:
        """Make it beside its place and move it there at the end: a power cut leaves no half office."""
        self._require_empty()
        unfinished = self._home.with_name(f"{self._home.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            made = make_office(
                unfinished,
                site_file,
                SystemClock(),
                RandomIds(),
                catalog=catalog,
                place=self._place,
                administrator_pin=pin,
            )
            if self._home.exists():
                self._home.rmdir()
            unfinished.rename(self._home)
        except OSError as error:
            raise _cannot_be_made(self._home) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        return KeepSheet(made.site_name, made.recovery.code, tuple(made.pins.items()))

    def restore(self, backup: Path, code: str) -> Text:
        """The same operation as `mppdesk restore`."""
        found = restore(self._home, backup, SystemClock(), RandomIds(), code=code, place=self._place)
        return msg(
            "Pulih dan lulus pemeriksaan: {entries} catatan, cadangan dibuat {at}. "
            "Hari ini nomor antrean dilanjutkan dari {number}.",
            entries=found.entries,
            at=found.made_at,
            number=found.numbers_from,
        )

    def _require_empty(self) -> None:
        if self._home.exists() and any(self._home.iterdir()):
            raise StorageTrouble(
                msg("Folder {folder} tidak kosong. Tidak ada yang ditulis.", folder=self._home),
                msg("Pindahkan isinya, atau mulai dengan folder lain: mppdesk desktop --data FOLDER."),
            )


def _line(problem: Problem) -> ProblemLine:
    return ProblemLine(problem.file, problem.path, problem.sentence, problem.severity is Severity.ERROR)


def _cannot_be_made(home: Path) -> StorageTrouble:
    return StorageTrouble(
        msg("Folder data {folder} tidak dapat dibuat. Tidak ada yang tersimpan.", folder=home),
        msg("Periksa hak tulis dan ruang disknya, lalu coba lagi."),
    )
