"""Who may sign in at a station: what PINs are checked with goes there and nowhere else (DESIGN 10)."""

from mppdesk.db.privacy.verifiers import Verifier, verifiers_of
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.reading.reference import Reference
from mppdesk.domain.station import Station, StationRole


def people_at(readers: StoredReaders, station: Station) -> tuple[Verifier, ...]:
    """The verifiers of those who may sign in there, as of the last commit."""
    with readers.moment() as moment:
        return verifiers_of(moment.store, allowed_at(moment.reference, station))


def allowed_at(reference: Reference, station: Station) -> frozenset[str]:
    """The ids of the users who may work at a counter of the station's agencies."""
    if not StationRole(station.role).signs_in:
        return frozenset()
    counters = reference.counters.values()
    places = [each for each in counters if not station.agencies or each.agency in station.agencies]
    return frozenset(
        user_id
        for user_id, user in reference.users.items()
        if not user.workplaces or any(user.may_work_at(place) for place in places)
    )
