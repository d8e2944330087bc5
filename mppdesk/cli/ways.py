"""Sentences in the words of the command line: the way out of a refusal is a verb."""

from mppdesk.domain.ways import Way
from mppdesk.texts import Text, msg, render

VERBS = {
    Way.CALL_NEXT: "counter call-next",
    Way.RECALL: "counter recall",
    Way.START: "counter start",
    Way.HOLD: "counter hold",
    Way.NO_SHOW: "counter no-show",
    Way.TRANSFER: "ticket transfer",
    Way.FINISH: "counter finish",
    Way.REGISTER: "submission register",
    Way.END_BREAK: "counter back",
}
_AT_A_WINDOW = msg("di jendela loket")


def with_verbs(text: Text) -> str:
    """The sentence as a terminal says it; what only a window can do is said to be there."""
    return render(text, worded=_verb_of)


def _verb_of(value: object) -> str:
    if not isinstance(value, Way):
        return str(value)
    verb = VERBS.get(value)
    return str(_AT_A_WINDOW) if verb is None else f"mppdesk {verb}"
