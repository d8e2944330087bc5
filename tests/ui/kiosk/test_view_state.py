"""Where touches and pauses lead at the kiosk, without any window."""

from collections.abc import Callable
from itertools import count

import pytest

from mppdesk.domain.errors import Refused
from mppdesk.domain.hub.issuing import PRIORITIES
from mppdesk.domain.office_day import NO_NEW_NUMBERS
from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.texts import msg
from mppdesk.ui.kiosk.faces import PRIORITY_FACES, Look, all_faces, home_faces, letters, paged, service_face
from mppdesk.ui.kiosk.port import IssuedTicket, KioskSettings, SlipStanding
from mppdesk.ui.kiosk.ticket_state import Phase, TicketState, Wish
from mppdesk.ui.kiosk.view_state import KioskState, Step
from tests.ui.kiosk.hall import hall, without_numbers, without_requirements

TICKET = IssuedTicket("v1", "B-042", "token")
REFUSAL = Refused(msg("Nomor hari ini habis. Tidak ada nomor yang dibuat."), msg("Datanglah besok."))


@pytest.fixture
def at_home() -> KioskState:
    return KioskState().with_screen(hall())


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


@pytest.fixture
def at_priority(at_home: KioskState) -> KioskState:
    return at_home.choose_agency("DUKCAPIL").choose_service("DUKCAPIL-02").go_on()


def test_four_touches_lead_to_the_ticket(at_home: KioskState, new_id: Callable[[], str]) -> None:
    chosen = at_home.choose_agency("DUKCAPIL")
    assert chosen.step is Step.SERVICE
    read = chosen.choose_service("DUKCAPIL-02")
    assert read.step is Step.PREVIEW
    asked = read.go_on()
    assert asked.step is Step.PRIORITY
    wished = asked.wish(None, new_id, 5.0)

    assert wished.step is Step.TICKET
    assert wished.ticket == TicketState(Wish("id-1", "DUKCAPIL-02", None, ahead=12), 5.0)


def test_every_step_goes_back_to_the_one_before(at_priority: KioskState) -> None:
    steps = []
    state = at_priority
    while not state.is_home:
        state = state.back()
        steps.append(state.step)

    assert steps == [Step.PREVIEW, Step.SERVICE, Step.AGENCY]
    assert (state.agency_code, state.service_code) == (None, None)


def test_from_the_list_of_all_agencies_one_goes_back_into_that_list(at_home: KioskState) -> None:
    chosen = at_home.see_all().choose_letter("B").choose_agency("BNN")

    assert chosen.back().step is Step.ALL_AGENCIES
    assert chosen.back().letter == "B"
    assert chosen.back().back().letter is None
    assert chosen.back().back().back().is_home


def test_a_closed_agency_says_so_first_and_gives_no_number(at_home: KioskState, new_id: Callable[[], str]) -> None:
    closed = at_home.choose_agency("IMIGRASI")
    assert closed.step is Step.CLOSED
    reading = closed.see_services().choose_service("IMIGRASI-01")
    assert reading.step is Step.PREVIEW

    assert reading.go_on() is reading


def test_a_service_that_nobody_will_call_can_be_read_and_gives_no_number(at_home: KioskState) -> None:
    over = at_home.with_screen(without_numbers(hall(), "DUKCAPIL-01")).choose_agency("DUKCAPIL")
    assert over.step is Step.SERVICE
    reading = over.choose_service("DUKCAPIL-01")
    faces = {face.act.value: face for face in map(service_face, reading.agency.services if reading.agency else ())}
    assert reading.go_on() is reading
    assert (reading.closed, faces["DUKCAPIL-01"].look) == (NO_NEW_NUMBERS, Look.CLOSED)
    assert (faces["DUKCAPIL-02"].status, faces["DUKCAPIL-02"].look) == (None, Look.PLAIN)
    assert over.choose_service("DUKCAPIL-02").go_on().step is Step.PRIORITY


def test_a_service_without_papers_has_nothing_to_read(at_home: KioskState) -> None:
    bare = at_home.with_screen(without_requirements(hall(), "DUKCAPIL-02")).choose_agency("DUKCAPIL")
    assert bare.choose_service("DUKCAPIL-02").step is Step.PRIORITY
    assert bare.choose_service("DUKCAPIL-02").back().step is Step.SERVICE

    always = KioskState(KioskSettings(skips_empty_preview=False), bare.screen).choose_agency("DUKCAPIL")
    assert always.choose_service("DUKCAPIL-02").step is Step.PREVIEW


def test_asking_again_keeps_the_id_and_another_wish_gets_another(
    at_priority: KioskState, new_id: Callable[[], str]
) -> None:
    first = at_priority.wish(None, new_id, 0.0)
    again = first.wish(None, new_id, 1.0)
    other = first.home().choose_agency("DUKCAPIL").choose_service("DUKCAPIL-03").go_on().wish(None, new_id, 2.0)

    ids = [state.ticket.wish.command_id for state in (first, again, other) if state.ticket]
    assert ids == ["id-1", "id-1", "id-2"]


def test_a_trembling_finger_touches_once(at_home: KioskState) -> None:
    touched = at_home.touched(10.0)

    assert touched.is_too_soon(10.39)
    assert not touched.is_too_soon(10.41)


def test_who_reads_large_letters_has_twice_the_time(at_home: KioskState) -> None:
    large = at_home.with_look(is_large=True).choose_agency("DUKCAPIL")
    assert large.passed(59.0).asked_s is None
    asked = large.passed(60.0)
    assert asked.seconds_to_answer(60.0) == 40.0
    assert not asked.passed(99.0).is_home
    assert asked.passed(100.0) == at_home, "the next citizen finds letters and colours as they were"


def test_a_look_that_nobody_uses_ends_without_a_question(at_home: KioskState) -> None:
    dark = at_home.with_look(is_high_contrast=True)
    assert dark.passed(29.0) == dark
    assert dark.passed(30.0) == at_home


@pytest.mark.parametrize(("step", "patience"), [("service", 30.0), ("preview", 60.0)])
def test_a_pause_asks_whether_somebody_is_there_and_then_goes_home(
    at_home: KioskState, step: str, patience: float
) -> None:
    state = at_home.touched(100.0).choose_agency("DUKCAPIL").speak("en")
    state = state if step == "service" else state.choose_service("DUKCAPIL-02")

    assert state.passed(100 + patience - 0.1).asked_s is None
    asked = state.passed(100 + patience)
    assert asked.seconds_to_answer(100 + patience + 5) == 15.0
    assert asked.touched(100 + patience + 5).step is state.step
    assert asked.passed(100 + patience + 19.9).asked_s is not None
    gone = asked.passed(100 + patience + 20)
    assert gone.is_home
    assert gone.language == "id"


def test_home_asks_nobody_but_speaks_indonesian_again(at_home: KioskState) -> None:
    english = at_home.touched(0.0).speak("en")

    assert english.passed(29.9).language == "en"
    assert english.passed(30.0).language == "id"
    assert english.passed(30.0).asked_s is None


def test_a_ticket_on_paper_is_shown_for_eight_seconds(at_priority: KioskState, new_id: Callable[[], str]) -> None:
    printed = _issued(at_priority, new_id).with_slip(SlipStanding(JobState.PRINTED), 1.0)
    assert printed.phase is Phase.PRINTED

    shown = at_priority.wish(None, new_id, 0.0).with_ticket(printed)
    assert not shown.passed(8.9).is_home
    assert shown.passed(9.0).is_home


@pytest.mark.parametrize("state", [JobState.BLOCKED, JobState.FAILED, JobState.CANCELLED])
def test_without_paper_the_number_stays_on_the_screen_for_a_minute(
    at_priority: KioskState, new_id: Callable[[], str], state: JobState
) -> None:
    trouble = _issued(at_priority, new_id).with_slip(SlipStanding(state, PrinterState.PAPER_OUT), 1.0)
    assert (trouble.phase, trouble.cause) == (Phase.ON_SCREEN, PrinterState.PAPER_OUT)

    shown = at_priority.wish(None, new_id, 0.0).with_ticket(trouble)
    assert not shown.passed(60.9).is_home
    assert shown.passed(61.0).is_home


def test_four_seconds_of_silence_are_trouble_and_paper_that_comes_late_ends_it(
    at_priority: KioskState, new_id: Callable[[], str]
) -> None:
    sending = _issued(at_priority, new_id).with_slip(SlipStanding(JobState.SENDING), 3.9)
    assert sending.phase is Phase.PRINTING
    silent = sending.waited(4.0)
    assert silent.phase is Phase.ON_SCREEN

    assert silent.with_slip(SlipStanding(JobState.PRINTED), 9.0).phase is Phase.PRINTED


def test_a_printer_that_cannot_tell_leaves_the_word_to_the_person(
    at_priority: KioskState, new_id: Callable[[], str]
) -> None:
    unsure = _issued(at_priority, new_id).with_slip(SlipStanding(JobState.UNCONFIRMED), 1.0)
    assert unsure.phase is Phase.UNSURE
    assert unsure.seconds_left(3.0) == 6.0

    assert unsure.without_paper(4.0).phase is Phase.ON_SCREEN


def test_a_refusal_stays_readable_and_then_leaves(at_priority: KioskState, new_id: Callable[[], str]) -> None:
    wished = at_priority.wish("elderly", new_id, 0.0)
    assert wished.ticket
    refused = wished.with_ticket(wished.ticket.refused(REFUSAL, 1.0))

    assert not refused.passed(30.9).is_home
    assert refused.passed(31.0).is_home


def test_nothing_leaves_while_a_number_is_being_made(at_priority: KioskState, new_id: Callable[[], str]) -> None:
    assert at_priority.wish(None, new_id, 0.0).passed(500.0).step is Step.TICKET


def test_home_shows_the_most_used_and_the_way_to_all() -> None:
    faces = home_faces(hall().agencies, 12)

    assert [str(face.title) for face in faces[:3]] == ["Dukcapil", "DPMPTSP", "Polres"]
    assert (len(faces), str(faces[-1].title), str(faces[-1].words)) == (
        12, "Instansi lain", "Semua 37 instansi, menurut abjad",
    )  # fmt: skip
    assert (faces[4].look, str(faces[4].status)) == (Look.CLOSED, "Tutup. Buka lagi 13.00")
    assert len(home_faces(hall().agencies[:4], 12)) == 4


def test_every_agency_is_found_by_its_letter(at_home: KioskState) -> None:
    offered = letters(hall().agencies)
    found = [face for letter in offered for face in all_faces(at_home.choose_letter(letter))]

    assert offered == ("B", "D", "I", "K", "P", "S", "T")
    assert len(found) == len(all_faces(at_home.see_all())) == 37


def test_the_everyday_name_comes_first() -> None:
    face = service_face(hall().agencies[0].services[1])

    assert str(face.title) == hall().agencies[0].services[1].service.everyday_name
    assert str(face.words) == hall().agencies[0].services[1].service.name


def test_pages_lose_nothing_and_a_page_beyond_the_end_is_the_last() -> None:
    things = list(range(15))

    assert paged(things, 0, 8).items + paged(things, 1, 8).items == tuple(things)
    assert (paged(things, 9, 8).number, paged(things, 9, 8).count) == (1, 2)
    assert paged([], 0, 8).count == 1


def test_every_priority_of_the_hub_can_be_touched() -> None:
    assert tuple(face.act.value for face in PRIORITY_FACES) == PRIORITIES


def _issued(at_priority: KioskState, new_id: Callable[[], str]) -> TicketState:
    wished = at_priority.wish(None, new_id, 0.0)
    assert wished.ticket
    return wished.ticket.issued(TICKET, 0.0)
