"""What a hub refuses keeps the act it asks for, so that a window says its key and a terminal its verb."""

import json
from typing import Any

import pytest

from mppdesk.cli.ways import VERBS, with_verbs
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub.refusals import call_next_person
from mppdesk.domain.ways import Way
from mppdesk.server.answers import refusal
from mppdesk.sync.command_messages import KINDS, refusal_of
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.ways import with_keys

FINISH = msg("Selesaikan {number} dahulu ({finish}).", number="A-019 {x}", finish=Way.FINISH)


def over_the_wire(what_to_do: Text) -> Text:
    answer = refusal(msg("A-019 masih dilayani di loket ini."), what_to_do)
    return refusal_of(answer.status_code, bytes(answer.body)).what_to_do


@pytest.mark.parametrize("carried", [lambda text: text, over_the_wire], ids=["here", "over the wire"])
def test_each_surface_says_its_own_way(carried: Any) -> None:
    sentence = carried(FINISH)
    assert str(sentence) == "Selesaikan A-019 {x} dahulu (finish)."
    assert with_keys(sentence) == "Selesaikan A-019 {x} dahulu (F9)."
    assert with_verbs(sentence) == "Selesaikan A-019 {x} dahulu (mppdesk counter finish)."
    assert with_keys(carried(call_next_person())) == "Panggil orang berikutnya (F2)."


def test_every_act_is_a_command_and_has_a_key() -> None:
    assert set(Way) <= KINDS.keys()
    assert all(with_keys(msg("{way}", way=way)).startswith("F") for way in Way)
    assert set(Way) - VERBS.keys() == {Way.CLAIM_PAPER}, "a slip is read at a window"
    assert with_verbs(msg("({way})", way=Way.CLAIM_PAPER)) == "(di jendela loket)"


@pytest.mark.parametrize(
    "parts",
    [
        {"sentence": "Tekan {later}.", "ways": {"later": "an_act_of_a_later_version"}},
        {"sentence": "Tekan {finish}.", "ways": {}},
        {"sentence": "Tekan {finish", "ways": {"finish": "finish"}},
        {"sentence": "Tekan {finish:>99999999}.", "ways": {"finish": "finish"}},
        {"sentence": "Tekan {finish!r}.", "ways": {"finish": "finish"}},
        {"sentence": "Tekan {finish.__class__}.", "ways": {"finish": "finish"}},
        {"sentence": "Tekan {finish:{finish}}.", "ways": {"finish": "finish"}},
        {"sentence": "Tekan {}.", "ways": {"finish": "finish"}},
    ],
)
def test_parts_that_do_not_fit_leave_the_plain_sentence(parts: dict[str, Any]) -> None:
    said = {"what_happened": "Ditolak.", "what_to_do": "Ulangi nanti.", "what_to_do_parts": parts}
    error = refusal_of(409, json.dumps({"refused": said}).encode())
    assert isinstance(error, Refused)
    assert with_keys(error.what_to_do) == "Ulangi nanti."
