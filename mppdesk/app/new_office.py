"""Makes or restores the data folder of a PC that has none, for the set-up windows."""

from pathlib import Path

from mppdesk.cli.setting_up import make_office
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.site import Role
from mppdesk.integrations.catalog_files import read_catalog
from mppdesk.integrations.problems import Problem, Severity
from mppdesk.integrations.site_files import read_site
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.qr_view import modules
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
        """The same operation as `mppdesk init`."""
        made = make_office(
            self._home,
            site_file,
            SystemClock(),
            RandomIds(),
            catalog=catalog,
            place=self._place,
            administrator_pin=pin,
        )
        modules(made.recovery.code)  # made here, so that the window only draws it
        return KeepSheet(made.site_name, made.recovery.code, tuple(made.pins.items()))

    def restore(self, backup: Path, code: str, *, again_today: bool) -> Text:
        """The same operation as `mppdesk restore`."""
        found = restore(
            self._home, backup, SystemClock(), RandomIds(), code=code, place=self._place, again_today=again_today
        )
        return msg(
            "Pulih dan lulus pemeriksaan: {entries} catatan, cadangan dibuat {at}. "
            "Hari ini nomor antrean dilanjutkan dari {number}.",
            entries=found.entries,
            at=found.made_at,
            number=found.numbers_from,
        )


def _line(problem: Problem) -> ProblemLine:
    return ProblemLine(problem.file, problem.path, problem.sentence, problem.severity is Severity.ERROR)
