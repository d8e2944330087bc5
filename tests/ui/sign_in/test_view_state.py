"""Signing in, decided without a window: which place is chosen, what the button says, when it must wait."""

from dataclasses import replace

from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.texts import msg
from mppdesk.ui.sign_in.view_state import Office, PlaceCard, SignInState

FREE = PlaceCard("c2", "Loket 2", "DPMPTSP")
TAKEN = PlaceCard("c1", "Loket 1", "DPMPTSP", "Ardi C.", "07.20")
OFFICE = Office(("Mal Pelayanan Publik",), (TAKEN, FREE), (), last_user="dewi.c", last_place="c2")
WRONG = NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
JUST_TAKEN = Refused(msg("Loket 2 baru saja dibuka orang lain."), msg("Pilih loket lain."))


def test_the_last_place_and_person_are_waiting_so_that_only_the_pin_is_typed() -> None:
    state = SignInState().with_office(OFFICE)

    assert (state.user_name, state.place) == ("dewi.c", "c2")
    assert not state.button(0).is_usable
    typed = state.with_typed("dewi.c", "246810").button(0)
    assert (str(typed.words), typed.is_usable) == ("Masuk dan buka Loket 2", True)


def test_a_taken_place_is_named_and_cannot_be_chosen() -> None:
    state = SignInState().with_office(OFFICE)

    assert str(TAKEN.condition) == "dipakai Ardi C. sejak 07.20"
    assert str(FREE.condition) == "kosong"
    assert state.with_place("c1") is state


def test_a_place_taken_meanwhile_is_no_longer_chosen() -> None:
    state = SignInState().with_office(OFFICE)
    later = Office(OFFICE.heading, (TAKEN, PlaceCard("c2", "Loket 2", "DPMPTSP", "Bima C.")), ())

    assert state.with_office(later).place is None
    assert str(state.with_office(later).button(0).words) == "Pilih tempat kerja dahulu"


def test_what_is_typed_survives_news_from_the_office() -> None:
    state = SignInState().with_office(OFFICE).with_typed("raka.c", "1357")

    assert state.with_office(OFFICE).user_name == "raka.c"
    assert state.with_office(OFFICE).pin == "1357"


def test_where_she_worked_yesterday_is_said_to_nobody_else() -> None:
    office = replace(OFFICE, note=msg("Kemarin Anda di Loket 2."))
    state = SignInState().with_office(office)

    assert str(state.note) == "Kemarin Anda di Loket 2."
    assert state.with_typed("raka.c", "").note is None


def test_a_wrong_pin_is_said_and_emptied_until_somebody_types_again() -> None:
    refused = _ready().asking().refused(WRONG, now=10)

    assert refused.trouble is WRONG
    assert refused.pin == ""
    assert not refused.is_asking
    assert refused.with_typed("dewi.c", "2").trouble is None


def test_the_fifth_wrong_pin_makes_the_button_count_down_a_minute() -> None:
    state = _ready()
    for _ in range(5):
        assert state.button(100).is_usable
        state = state.refused(WRONG, now=100).with_typed("dewi.c", "1234")

    assert str(state.button(100.2).words) == "Tunggu 60 detik, lalu coba lagi"
    assert not state.button(159.5).is_usable
    assert state.button(160).is_usable


def test_other_trouble_is_no_wrong_try() -> None:
    state = _ready()
    for _ in range(9):
        state = state.refused(JUST_TAKEN, now=0).with_typed("dewi.c", "1234")

    assert state.button(0).is_usable


def test_while_the_pin_is_checked_nothing_can_be_pressed_twice() -> None:
    asking = _ready().asking().button(0)

    assert (str(asking.words), asking.is_usable) == ("Memeriksa PIN", False)


def _ready() -> SignInState:
    return SignInState().with_office(OFFICE).with_typed("dewi.c", "1234")
