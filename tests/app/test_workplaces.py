"""Signing in at a counter where the administrator did not put this clerk."""

from pathlib import Path

import pytest

from mppdesk.app.sign_in_port import OfficeSignInPort
from mppdesk.app.station import open_station
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.operations import setup
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home, open_office

PIN = "271828"


def test_a_clerk_signs_in_at_her_own_counters_only(tmp_path: Path) -> None:
    make_home(tmp_path, FakeClock(), CountedIds("maker"))
    with open_office(tmp_path, FakeClock(), CountedIds("admin")) as office:
        places = {label: office.counter(label) for label in ("Loket 2", "Loket 3")}
        with office.readers.moment() as moment:
            users = {user.user_name: key for key, user in moment.reference.users.items()}
        PinCheck(office.home.database, office.home.secrets.pepper).set_pin(users["dewi"], PIN)
        current = StoredSettings(office.home.database, office.home.site_id)
        hers = {"workplaces/dewi": {"agencies": ["POLI"], "counters": []}}
        setup.change_settings(office.writer, current, Actor(SYSTEM_USER, "cli"), hers)
    with open_station(tmp_path, FakeClock(), CountedIds("pc"), lambda slip: None) as station:
        port = OfficeSignInPort(station)
        with pytest.raises(Refused) as refused:
            port.sign_in("dewi", PIN, places["Loket 2"])
        assert not isinstance(refused.value, NotAllowed), "her PIN was right: it counts as no wrong try"
        assert "Dewi C. tidak terdaftar di Loket 2." in str(refused.value.what_happened)
        assert "POLI" in str(refused.value.what_to_do)
        assert port.sign_in("dewi", PIN, places["Loket 3"]).user == users["dewi"]
        taken = {choice.label: choice.taken_by for choice in station.readers.counter_choices()}
        assert (taken["Loket 2"], taken["Loket 3"]) == (None, "Dewi C.")
