"""What a touch on the kiosk means, as a value that a button carries."""

from dataclasses import dataclass
from enum import StrEnum


class ActKind(StrEnum):
    HOME = "home"
    BACK = "back"
    STAY = "stay"
    SEE_ALL = "see_all"
    CHOOSE_LETTER = "choose_letter"
    TURN_TO = "turn_to"
    CHOOSE_AGENCY = "choose_agency"
    SEE_SERVICES = "see_services"
    CHOOSE_SERVICE = "choose_service"
    GO_ON = "go_on"
    TAKE_TICKET = "take_ticket"
    NO_PAPER_CAME = "no_paper_came"
    PRINT_REQUIREMENTS = "print_requirements"
    CALL_STAFF = "call_staff"
    SPEAK = "speak"
    LARGE_LETTERS = "large_letters"
    HIGH_CONTRAST = "high_contrast"
    PIN_DIGIT = "pin_digit"
    PIN_ERASE = "pin_erase"
    PIN_ENTER = "pin_enter"
    PIN_CANCEL = "pin_cancel"
    CAME_OUT = "came_out"
    REPRINT = "reprint"
    PRINT_EXPIRED = "print_expired"
    LET_EXPIRED_GO = "let_expired_go"
    NEW_ROLL = "new_roll"
    STAFF_BACK = "staff_back"
    CLOSE_KIOSK = "close_kiosk"


@dataclass(frozen=True, slots=True)
class Act:
    """`value` is the code, letter, page number, priority, language or print job the act is about; empty for none.

    Letters and contrast are switched on by any value, off by none.
    """

    kind: ActKind
    value: str = ""
