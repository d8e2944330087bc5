"""A building whose centre is away: the hub's own windows say so, and those of a station, as `sync status` does."""

import json
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.sign_in_port import OfficeSignInPort
from mppdesk.app.station import Station, open_station
from mppdesk.cli.main import main
from mppdesk.cli.output import DONE
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.station import StationRole
from mppdesk.operations.readings import SignedIn
from mppdesk.server.certificates import authority
from mppdesk.sync import centre_link
from mppdesk.sync.centre_link import CentrePlace
from mppdesk.sync.joining import join
from mppdesk.sync.protocol import CentreStanding
from tests.fakes.clock import CountedIds, FakeClock, stopped_now
from tests.fakes.office import make_home
from tests.server.test_central import until

NOBODY = "http://127.0.0.1:1"


def linked_hub(folder: Path, clock: FakeClock) -> Path:
    """A folder of one PC that is to be a hub, with a centre where nobody answers."""
    make_home(folder, clock, CountedIds("made"))
    with open_station(folder, clock, CountedIds("linking"), lambda slip: None) as pc:
        centre_link.keep(pc.home, CentrePlace(NOBODY, "token"), None)
    return folder


def links_of(folder: Path) -> dict[str, Any]:
    """What `sync status` tells of each link of a folder."""
    with redirect_stdout(StringIO()) as said:
        assert main(["sync", "status", "--data", str(folder), "--json"]) == DONE
    return {link["to"]: link for link in json.loads(said.getvalue())["links"]}


def centre_of(station: Station) -> CentreStanding | None:
    if station.link is not None:
        station.link.loop.poke()
    return station.standing().centre


def test_a_centre_that_is_away_is_said_on_the_hub_and_on_its_stations(tmp_path: Path) -> None:
    clock = stopped_now()
    folder, second = linked_hub(tmp_path / "hub", clock), tmp_path / "second"
    with open_station(folder, clock, CountedIds("hub"), lambda slip: None) as hub:
        assert centre_of(hub) is None, "one PC alone speaks to no centre"
        desk = AdministrationDesk(hub, SignedIn(hub.home.setting("administrator") or "", "admin", "Ratna A.", ()))
        desk.make_building("127.0.0.1:0")
        until(lambda: centre_of(hub) is not None)
        told = centre_of(hub)
        assert told is not None and not told.is_reached and told.waiting > 10

        line = desk.invite(StationRole.COUNTER, "Loket 2", None).invitation
        ids = CountedIds("second")
        join(second, line.url, line.code, clock, ids, authority=authority(folder), place=SecretPlace.FILE)
        with open_station(second, clock, ids, lambda slip: None) as station:
            until(lambda: centre_of(station) is not None)
            heard = centre_of(station)
            assert heard is not None and not heard.is_reached and heard.since_ms == told.since_ms
            said = [str(line.sentence) for line in OfficeSignInPort(station).office().health]
            assert any(line.startswith("Tanpa pusat sejak") for line in said)

            on_hub, on_station = links_of(folder)["centre"], links_of(second)["hub"]
            assert (on_station["is_reached"], on_station["centre"]["is_reached"]) == (True, on_hub["is_reached"])
            assert on_station["centre"]["since"] == on_hub["since"]
