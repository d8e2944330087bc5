"""Where each touch leads that asks nothing of the program around the window. Free of Qt."""

from collections.abc import Callable

from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.view_state import KioskState

_MOVES: dict[ActKind, Callable[[KioskState, str], KioskState]] = {
    ActKind.HOME: lambda state, _: state.home(),
    ActKind.BACK: lambda state, _: state.back(),
    ActKind.STAY: lambda state, _: state,
    ActKind.SEE_ALL: lambda state, _: state.see_all(),
    ActKind.CHOOSE_LETTER: lambda state, letter: state.choose_letter(letter or None),
    ActKind.TURN_TO: lambda state, page: state.turn_to(int(page)),
    ActKind.CHOOSE_AGENCY: lambda state, code: state.choose_agency(code),
    ActKind.SEE_SERVICES: lambda state, _: state.see_services(),
    ActKind.CHOOSE_SERVICE: lambda state, code: state.choose_service(code),
    ActKind.GO_ON: lambda state, _: state.go_on(),
    ActKind.SPEAK: lambda state, language: state.speak(language),
    ActKind.LARGE_LETTERS: lambda state, value: state.with_look(is_large=bool(value)),
    ActKind.HIGH_CONTRAST: lambda state, value: state.with_look(is_high_contrast=bool(value)),
}


def moved(state: KioskState, act: Act) -> KioskState:
    """The state after a touch; acts that need the program around it change nothing here."""
    move = _MOVES.get(act.kind)
    return move(state, act.value) if move else state
