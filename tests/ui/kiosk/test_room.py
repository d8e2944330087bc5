"""Every step of the kiosk has room: for its words, for words twice as long, and for fingers."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.texts import Text, render
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.port import KioskSettings, SlipStanding
from mppdesk.ui.kiosk.tile_page import TilePage
from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.shared.clipping import ClippedText, clipped_texts
from mppdesk.ui.shared.language import Language
from tests.ui.kiosk.visitor import SIZES, UPRIGHT, OpenKiosk, Visitor

_ROUNDS = 5


@pytest.mark.parametrize("size", [*SIZES, (1280, 720), UPRIGHT], ids=str)
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_word_is_cut_off_on_any_step(open_kiosk: OpenKiosk, size: tuple[int, int], language: str) -> None:
    visitor = open_kiosk(size=size)
    _walk(visitor, language)
    assert (visitor.window.width(), visitor.window.height()) == size


@pytest.mark.parametrize("size", [*SIZES, UPRIGHT], ids=str)
def test_texts_twice_as_long_do_not_break_a_step(
    open_kiosk: OpenKiosk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(Language, "show", _stretched)
    visitor = open_kiosk(size=size)
    _walk(visitor, "id")
    assert (visitor.window.width(), visitor.window.height()) == size


@pytest.mark.parametrize("size", [SIZES[0], UPRIGHT], ids=str)
def test_large_letters_have_room_on_every_step_and_show_six_tiles_at_most(
    open_kiosk: OpenKiosk, size: tuple[int, int]
) -> None:
    visitor = open_kiosk(size=size)
    for step in _steps(visitor, "en", Act(ActKind.LARGE_LETTERS, "on"), Act(ActKind.HIGH_CONTRAST, "on")):
        assert _clipped(visitor) == [], step
        assert visitor.window.state.is_large, step
        if isinstance(visitor.window.page, TilePage):
            assert len(visitor.window.page.board.tiles) <= 6, step
    assert (visitor.window.width(), visitor.window.height()) == size


@pytest.mark.parametrize("size", [*SIZES, UPRIGHT], ids=str)
def test_every_target_has_its_twenty_millimetres(open_kiosk: OpenKiosk, size: tuple[int, int]) -> None:
    visitor = open_kiosk(size=size)
    least = 20 / (21.5 * 25.4 / (size[0] ** 2 + size[1] ** 2) ** 0.5)

    def small() -> list[str]:
        return [
            button.accessibleName()
            for button in visitor.window.findChildren(TouchButton)
            if button.isVisibleTo(visitor.window) and min(button.width(), button.height()) < least - 1
        ]

    for _ in _steps(visitor, "id"):
        _come_to_rest(lambda: small() == [])
        assert small() == []


def test_on_an_upright_panel_nothing_is_to_be_touched_out_of_reach(open_kiosk: OpenKiosk) -> None:
    """A wheelchair's hand does not reach the uppermost 111 mm (400 px of a 24" panel)."""
    visitor = open_kiosk(settings=KioskSettings(diagonal_in=24.0, has_staff_call=True), size=UPRIGHT)
    for step in _steps(visitor, "id"):
        _clipped(visitor)
        for button in visitor.window.findChildren(TouchButton):
            if button.isVisibleTo(visitor.window):
                assert button.mapTo(visitor.window, button.rect().topLeft()).y() >= 400, (step, button.accessibleName())


def _walk(visitor: Visitor, language: str) -> None:
    for step in _steps(visitor, language):
        assert _clipped(visitor) == [], step
        assert all(visitor.buttons()), step


def _clipped(visitor: Visitor) -> list[ClippedText]:
    """What is still cut off when the layouts have come to rest."""
    _come_to_rest(lambda: not clipped_texts(visitor.window))
    return clipped_texts(visitor.window)


def _come_to_rest(is_so: Callable[[], bool]) -> None:
    """Give the layouts as many rounds of events as a change of look needs, however long a busy machine takes."""
    for _ in range(_ROUNDS):
        if is_so():
            return
        QCoreApplication.processEvents()


def _steps(visitor: Visitor, language: str, *look: Act) -> Iterator[str]:
    """Stop at every page there is, with a short list and with a long one, read in a language and a look."""
    reading = (Act(ActKind.SPEAK, language), *look)
    acts = {
        "home": reading,
        "all": (Act(ActKind.SEE_ALL),),
        "letter": (Act(ActKind.CHOOSE_LETTER, "B"),),
        "closed": (Act(ActKind.HOME), *reading, Act(ActKind.CHOOSE_AGENCY, "IMIGRASI")),
        "closed services": (Act(ActKind.SEE_SERVICES),),
        "closed preview": (Act(ActKind.CHOOSE_SERVICE, "IMIGRASI-01"),),
        "services": (Act(ActKind.HOME), *reading, Act(ActKind.CHOOSE_AGENCY, "DPMPTSP")),
        "last services": (Act(ActKind.TURN_TO, "9"),),
        "long preview": (Act(ActKind.CHOOSE_SERVICE, "DPMPTSP-06"),),
        "end of long preview": (Act(ActKind.TURN_TO, "9"),),
        "priority": (Act(ActKind.GO_ON),),
        "printed": (Act(ActKind.TAKE_TICKET),),
    }
    for step, touches in acts.items():
        _touch(visitor, *touches)
        yield step
    visitor.wait(9)
    visitor.port.slip_now = SlipStanding(JobState.BLOCKED, PrinterState.PAPER_OUT)
    chosen = Act(ActKind.CHOOSE_AGENCY, "BPJSKES"), Act(ActKind.CHOOSE_SERVICE, "BPJSKES-01")
    _touch(visitor, *reading, *chosen, Act(ActKind.GO_ON), Act(ActKind.TAKE_TICKET))
    yield "paper out"
    visitor.wait(61)
    _touch(visitor, *reading, Act(ActKind.CHOOSE_AGENCY, "DUKCAPIL"))
    visitor.wait(61)
    yield "still there"


def _touch(visitor: Visitor, *touches: Act) -> None:
    for touch in touches:
        visitor.seconds.now += 1
        visitor.window.act(touch)


def _stretched(self: Language, text: Text) -> str:
    """Our own sentences twice; names of the catalogue and codes stay."""
    words = render(text)
    return words if text.source == "{words}" or len(words) < 3 else f"{words} {words}"
