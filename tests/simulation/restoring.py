"""A backup brought back onto a computer of the building, as `mppdesk restore` does it below the folder."""

from datetime import datetime

from mppdesk.db.privacy import forgotten
from mppdesk.db.safekeeping.backup import Manifest
from mppdesk.db.safekeeping.lost_work import LostWork
from mppdesk.db.safekeeping.restore import _record
from tests.simulation.machines import Machine, Process


def record_restore(machine: Machine, made_at: datetime) -> None:
    """Record on a disk that was put back what a restore records; restores before it are noted in the folder."""
    machine.hear_commits()
    manifest = Manifest(machine.home_id, made_at.isoformat(), ())
    noted = LostWork(machine.restores)
    home = Process(machine).home
    _, machine.restores = _record(home, manifest, len(machine.heads()), forgotten.noted(home.path), noted)
