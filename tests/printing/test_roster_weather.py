"""Printers in any weather: ways, faults, addresses and set-up pages by chance."""

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.print_job import PrinterState
from tests.printing.stepped_office import KIOSK, LOKET_1
from tests.printing.ways_office import BY_NAME, BY_NUMBER, BY_USB, LOKET_2, Building, has_one_worker

URLS = {LOKET_1: BY_NAME, LOKET_2: BY_NUMBER, KIOSK: BY_USB}


class Lead(NamedTuple):
    url: str
    to: str | None


class Stand(NamedTuple):
    printer: str
    state: PrinterState


class Order(NamedTuple):
    name: str


class Wait(NamedTuple):
    seconds: float


class Write(NamedTuple):
    """The administrator writes another address."""

    name: str
    url: str


class Ask(NamedTuple):
    """The set-up page asks a printer."""

    url: str


Event = Lead | Stand | Order | Wait | Write | Ask


_STATES = (PrinterState.READY, PrinterState.PAPER_OUT, PrinterState.UNREACHABLE, PrinterState.MUTE)
_events = (
    st.builds(Lead, st.sampled_from(sorted(URLS.values())), st.sampled_from(["P", "Q", None]))
    | st.builds(Stand, st.sampled_from(["P", "Q"]), st.sampled_from(_STATES))
    | st.builds(Order, st.sampled_from(sorted(URLS)))
    | st.builds(Wait, st.sampled_from([0.1, 1.0, 3.0, 12.0]))
    | st.builds(Write, st.sampled_from(sorted(URLS)), st.sampled_from(sorted(URLS.values())))
    | st.builds(Ask, st.sampled_from(sorted(URLS.values())))
)


@given(st.lists(_events, max_size=40))
def test_in_any_weather_each_slip_comes_out_once_where_its_name_leads(events: list[Event]) -> None:
    office = Building(dict(URLS), dict.fromkeys(URLS.values(), "P"))
    ordered: list[str] = []
    for event in events:
        match event:
            case Lead(url, to):
                office.lead(url, to)
            case Write(name, url):
                office.urls[name] = url
            case Ask(url):
                with office.spooler.kept_from(url):
                    pass
            case Stand(printer, state):
                office.hall.state[printer] = state
            case Order(name):
                ordered.append(f"A-{len(ordered)}")
                office.order(ordered[-1], printer=name)
            case Wait(seconds):
                before = {name: len(papers) for name, papers in office.hall.papers.items()}
                office.run_for(seconds)
                _came_out_where_they_belong(office, before)
    for url in URLS.values():
        office.lead(url, "P")
    office.hall.state.update(P=PrinterState.READY, Q=PrinterState.READY)
    office.run_for(25)
    assert sorted(office.hall.papers["P"] + office.hall.papers["Q"]) == sorted(ordered)
    assert has_one_worker(office)
    assert {status.state for status in office.spooler.statuses().values()} == {PrinterState.READY}


def _came_out_where_they_belong(office: Building, before: dict[str, int]) -> None:
    for printer, papers in office.hall.papers.items():
        for job_id in papers[before[printer] :]:
            assert office.ends[office.urls[office.job(job_id).printer]] == printer
