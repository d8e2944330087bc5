"""Make the data folder that later versions must open: `python -m tests.old_databases.make FOLDER`."""

import sys
from pathlib import Path

from mppdesk.operations.submissions import ApplicantData
from tests.db.test_privacy import register_somebody, tell_everything
from tests.fakes.office import open_office

PERSON = ApplicantData("Kenanga Contohsari", "9999014107900002", "081999000222")


def make(folder: Path) -> None:
    with open_office(folder) as office:
        tell_everything(office)
        register_somebody(office, PERSON)
    for left in ("reserve", "mppdesk.lock"):
        (folder / left).unlink(missing_ok=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
