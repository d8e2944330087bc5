"""Every icon that the sample office and our own parts name lies among the resources."""

import re

import pytest

from mppdesk.config import resource
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.shared import chips
from mppdesk.ui.shared.chips import ChipLook
from mppdesk.ui.shared.printer_words import printer_chip

_NAMED = re.compile(r"^\s*icon:\s*([a-z0-9-]+)\s*$", re.MULTILINE)


def _agency_icons() -> list[str]:
    pages = sorted(resource("sample/catalog").glob("*.yaml"))
    return sorted({name for page in pages for name in _NAMED.findall(page.read_text("utf-8"))})


def test_the_sample_office_names_an_icon_for_each_agency() -> None:
    assert len(_agency_icons()) == 37


@pytest.mark.parametrize("name", _agency_icons())
def test_the_icon_of_an_agency_is_here(name: str) -> None:
    assert resource(f"icons/outline/{name}.svg").read_text("utf-8").count("currentColor") >= 1


@pytest.mark.parametrize("look", [value for value in vars(chips).values() if isinstance(value, ChipLook)], ids=str)
def test_the_icon_of_a_state_is_here(look: ChipLook) -> None:
    assert resource(f"icons/{'filled' if look.filled else 'outline'}/{look.icon}.svg").is_file()


@pytest.mark.parametrize("state", list(PrinterState))
def test_the_icon_of_a_printer_is_here(state: PrinterState) -> None:
    chip = printer_chip(PrinterStatus("loket-2", state, 0))
    assert resource(f"icons/outline/{chip.icon}.svg").is_file()
