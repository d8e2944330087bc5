"""An invitation is read as shown, as pasted with its verb, and as typed; anything else is refused with an example."""

import pytest

from mppdesk.domain.errors import BadInput
from mppdesk.domain.invitation import Invitation, in_groups

MARK = "0123456789abcdef" * 4
WHOLE = Invitation("https://192.168.1.10:8731", "226918", MARK)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (WHOLE.line, WHOLE),
        (f"mppdesk join --hub https://192.168.1.10:8731 --code 226918 --fingerprint {MARK}", WHOLE),
        ("192.168.1.10:8731 226918", WHOLE.trusting(None)),
        ("  226918   hub.mpp.example:8731/ ", Invitation("https://hub.mpp.example:8731", "226918")),
        ("http://127.0.0.1:8731 226918", Invitation("http://127.0.0.1:8731", "226918")),
        ("[FE80::1]:8731 226918", Invitation("https://[fe80::1]:8731", "226918")),
    ],
)
def test_every_way_to_write_it_is_read(line: str, found: Invitation) -> None:
    assert Invitation.read(line) == found


@pytest.mark.parametrize("line", ["", "226918", "192.168.1.10:8731", "a.b 123456 654321", "a.b c.d 123456", "x\0.y 1"])
def test_too_little_or_too_much_is_refused(line: str) -> None:
    with pytest.raises(BadInput, match="tidak terbaca"):
        Invitation.read(line)


def test_the_line_is_what_a_small_qr_code_can_hold() -> None:
    assert WHOLE.line == f"MPPDESK 192.168.1.10:8731 226918 {MARK.upper()}"
    assert set(WHOLE.line) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_a_fingerprint_is_compared_in_groups_of_four() -> None:
    lines = in_groups(MARK).splitlines()
    assert lines == ["0123 4567 89AB CDEF 0123 4567 89AB CDEF"] * 2
