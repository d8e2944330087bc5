"""What can befall a printer, how it is mended, and what people must then see of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from mppdesk.domain.print_job import PrinterState
from tests.fakes.printer import Condition, SimulatedPrinter

_READS_SLOWLY = 4000.0
_LONG_S = 3600.0
# XON, XOFF, an automatic status that nobody asked for, and bytes that mean nothing.
_NOISE = b"\x11\x13\x14\x00\x00\x00\xff\x80"


@dataclass(frozen=True, slots=True)
class Plugged:
    """A printer on one kind of line: `unplug` and `plug_in` are what a person does to its cable."""

    printer: SimulatedPrinter
    url: str
    unplug: Callable[[], None]
    plug_in: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """`shows`: one of these must be seen while it lasts; empty where it is over before anybody could look.

    `is_for_sockets`: whether only a network line can fail so.
    """

    name: str
    strike: Callable[[Plugged], None]
    mend: Callable[[Plugged], None]
    shows: frozenset[PrinterState] = frozenset()
    is_for_sockets: bool = False


def _stands(condition: Condition, state: PrinterState) -> Fault:
    def become(plugged: Plugged, condition: Condition) -> None:
        plugged.printer.become(condition)

    mend = partial(become, condition=Condition.HEALTHY)
    return Fault(condition.value, partial(become, condition=condition), mend, frozenset({state}))


def _set(changes: dict[str, object], plugged: Plugged) -> None:
    for name, value in changes.items():
        setattr(plugged.printer.behaviour, name, value)
    plugged.printer.become(plugged.printer.behaviour.condition)  # whoever waits looks again


def _behaves(name: str, *shows: PrinterState, usual: dict[str, object], **changes: object) -> Fault:
    return Fault(name, partial(_set, changes), partial(_set, usual), frozenset(shows))


def _overheat(plugged: Plugged) -> None:
    """It stays hot until that was seen: on a busy machine it would be cool again before anybody looked."""
    plugged.printer.behaviour.cools_in_s = _LONG_S
    plugged.printer.become(Condition.HOT_HEAD)


def _cool_down(plugged: Plugged) -> None:
    plugged.printer.become(Condition.HEALTHY)


def _nothing(_: Plugged) -> None:
    """It is over by itself."""


GONE = frozenset({PrinterState.UNREACHABLE, PrinterState.MUTE})
FAULTS = (
    _stands(Condition.PAPER_OUT, PrinterState.PAPER_OUT),
    _stands(Condition.COVER_OPEN, PrinterState.COVER_OPEN),
    _stands(Condition.CUTTER_JAM, PrinterState.CUTTER_JAM),
    _stands(Condition.ERROR, PrinterState.ERROR),
    _stands(Condition.OFFLINE, PrinterState.OFFLINE),
    Fault("kepala panas", _overheat, _cool_down, frozenset({PrinterState.ERROR})),
    _behaves("bisu", PrinterState.MUTE, usual={"answers": True, "confirms": True}, answers=False, confirms=False),
    _behaves("tuli", PrinterState.MUTE, usual={"reads": True}, reads=False),
    _behaves("membaca lambat", usual={"bytes_per_s": None}, bytes_per_s=_READS_SLOWLY),
    _behaves("berisik", usual={"interjects": b"", "volunteers": False}, interjects=_NOISE, volunteers=True),
    Fault("kabel dicabut", lambda it: it.unplug(), lambda it: it.plug_in(), frozenset({PrinterState.UNREACHABLE})),
    Fault("dimatikan", lambda it: it.printer.power_off(), lambda it: it.printer.power_on(), GONE),
    Fault("listrik berkedip", lambda it: it.printer.power_cycle(), _nothing),
    Fault("direset", lambda it: it.printer.tear_lines(), _nothing, is_for_sockets=True),
    Fault("setengah terbuka", lambda it: it.printer.forget_lines(), _nothing, is_for_sockets=True),
    Fault("ditelan jaringan", lambda it: it.printer.swallow(), lambda it: it.printer.listen(), GONE, True),
)
