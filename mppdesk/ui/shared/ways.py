"""Sentences in the words of a window: the way out of a refusal is a key."""

from mppdesk import texts
from mppdesk.domain.ways import Way
from mppdesk.texts import Text
from mppdesk.ui.shared.shortcuts import COUNTER_KEYS, Act

_ACTS = {
    Way.CALL_NEXT: Act.CALL_NEXT,
    Way.RECALL: Act.RECALL,
    Way.START: Act.START,
    Way.HOLD: Act.HOLD,
    Way.NO_SHOW: Act.NO_SHOW,
    Way.TRANSFER: Act.TRANSFER,
    Way.FINISH: Act.DONE,
    Way.REGISTER: Act.DONE,
    Way.END_BREAK: Act.PAUSE_OR_CLOSE,
    Way.CLAIM_PAPER: Act.CALL_NEXT,
}
_KEYS = {shortcut.act: shortcut.keys for shortcut in COUNTER_KEYS}


def with_keys(text: Text | str) -> str:
    """The sentence as a window says it."""
    return texts.render(text, worded=_key_of) if isinstance(text, Text) else text


def _key_of(value: object) -> str:
    return _KEYS[_ACTS[value]] if isinstance(value, Way) else str(value)
