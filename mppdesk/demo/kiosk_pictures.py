"""The kiosk's steps as a citizen sees them, up to the number on the screen when the paper has run out."""

from collections.abc import Callable

from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.station import Station
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.site import KioskPlace
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.port import SlipStanding
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.tasks import Runner

_BETWEEN_TOUCHES_S = 5.0
_AGENCY, _SERVICE = "DUKCAPIL", "DUKCAPIL-03"


class OutOfPaper(HallKioskPort):
    """The kiosk's port on the day its printer has no paper; everything else is as ever, and no slip waits for it."""

    def has_printer(self) -> bool:
        return True

    def slip(self, visit: str) -> SlipStanding | None:
        return SlipStanding(JobState.BLOCKED, PrinterState.PAPER_OUT)


def walk_kiosk(station: Station, tasks: Runner, take: Callable[[KioskWindow, str], None]) -> None:
    """Touch the way from the agencies to the ticket; `take` gets the window at each step."""
    _walk(station, HallKioskPort(station, station.site.kiosks[0]), tasks, take, "kiosk", takes_ticket=False)
    _walk(
        station,
        OutOfPaper(station, KioskPlace("Kiosk tanpa kertas")),
        tasks,
        take,
        "kiosk-paper-out",
        takes_ticket=True,
    )


def _walk(
    station: Station,
    port: HallKioskPort,
    tasks: Runner,
    take: Callable[[KioskWindow, str], None],
    name: str,
    *,
    takes_ticket: bool,
) -> None:
    touches = _Touches()
    window = KioskWindow(port, tasks, station.now, station.ids.new, seconds=touches.seconds)
    window.show()
    window.begin()
    steps = (
        ("1-agencies", None),
        ("2-services", Act(ActKind.CHOOSE_AGENCY, _AGENCY)),
        ("3-requirements", Act(ActKind.CHOOSE_SERVICE, _SERVICE)),
        ("4-priority", Act(ActKind.GO_ON)),
        ("5-ticket", Act(ActKind.TAKE_TICKET)),
    )
    for step, touch in steps:
        if touch is not None:
            touches.pass_time()
            window.act(touch)
            window.tick()
        if takes_ticket == (touch is not None and touch.kind is ActKind.TAKE_TICKET):
            take(window, name if takes_ticket else f"{name}-{step}")
        if not takes_ticket and step == "4-priority":
            break
    window.close()


class _Touches:
    """Seconds that pass between two touches of a person who reads."""

    def __init__(self) -> None:
        self._now_s = 0.0

    def seconds(self) -> float:
        return self._now_s

    def pass_time(self) -> None:
        self._now_s += _BETWEEN_TOUCHES_S
