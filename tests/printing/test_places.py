"""Which printer stands at the end of a way, the same by whatever way one comes."""

import socket
from pathlib import Path
from typing import Any

import pytest

from mppdesk.printing.sysfs import device_at
from mppdesk.printing.tcp import printer_at


def test_the_file_of_a_usb_printer_is_known_as_the_device_on_its_bus(tmp_path: Path) -> None:
    """As the kernel lists it: lp0 leads to an interface, and the interface lies in its device."""
    interface, classes = tmp_path / "devices" / "1-1" / "1-1:1.0", tmp_path / "class"
    on_the_bus(interface.parent, 7)
    stands_for(classes / "usbmisc" / "lp0", interface)
    assert device_at("/dev/usb/lp0", classes) == ("usb", 1, 7)
    assert device_at("/dev/usb/lp1", classes) == ("file", "/dev/usb/lp1")
    (interface.parent / "devnum").write_text("tujuh")
    assert device_at("/dev/usb/lp0", classes) == ("file", "/dev/usb/lp0")


def test_a_usb_printer_that_looks_like_a_serial_port_is_known_as_the_device_on_its_bus(tmp_path: Path) -> None:
    """The kernel puts an adapter's port below its interface, and a port of the board nowhere on USB."""
    hub, board, classes = tmp_path / "usb1" / "1-2", tmp_path / "platform" / "serial8250", tmp_path / "class"
    on_the_bus(hub, 3)
    on_the_bus(hub / "1-2.1", 8)
    on_the_bus(hub / "1-2.4", 9)
    stands_for(classes / "tty" / "ttyACM0", hub / "1-2.1" / "1-2.1:1.0")
    stands_for(classes / "tty" / "ttyUSB0", hub / "1-2.4" / "1-2.4:1.0" / "ttyUSB0")
    stands_for(classes / "tty" / "ttyS0", board)
    link = tmp_path / "by-id" / "usb-Printer"
    link.parent.mkdir()
    link.symlink_to("/dev/ttyACM0")
    assert device_at("/dev/ttyACM0", classes) == device_at(str(link), classes) == ("usb", 1, 8)
    assert device_at("/dev/ttyUSB0", classes) == ("usb", 1, 9)
    assert device_at("/dev/ttyS0", classes) == ("file", "/dev/ttyS0")


def test_an_adapter_with_several_ports_leads_to_several_printers(tmp_path: Path) -> None:
    hub, classes = tmp_path / "usb1" / "1-2", tmp_path / "class"
    on_the_bus(hub, 3)
    on_the_bus(hub / "1-2.1", 8)
    for number in range(4):
        interface = hub / "1-2.1" / f"1-2.1:1.{number}"
        stands_for(classes / "tty" / f"ttyUSB{number}", interface / f"ttyUSB{number}")
    stands_for(classes / "tty" / "ttyACM0", hub / "1-2:1.0")
    places = {device_at(f"/dev/ttyUSB{number}", classes) for number in range(4)}
    assert places == {("file", f"/dev/ttyUSB{number}") for number in range(4)}
    assert device_at("/dev/ttyACM0", classes) == ("usb", 1, 3)


def on_the_bus(device: Path, number: int) -> None:
    device.mkdir(parents=True)
    (device / "busnum").write_text("1\n")
    (device / "devnum").write_text(f"{number}\n")


def stands_for(file: Path, device: Path) -> None:
    device.mkdir(parents=True)
    file.mkdir(parents=True)
    (file / "device").symlink_to(device)


V4, MAPPED = ("192.0.2.7", 9100), ("::ffff:192.0.2.7", 9100, 0, 0)
V6, LINK = ("2001:db8::7", 9100, 0, 0), ("fe80::7", 9100, 0, 2)


@pytest.mark.parametrize(
    ("way", "ways", "printer"),
    [
        (V4, [V4], V4),
        (V6, [V6, V4], V4),
        (LINK, [LINK, V6, V4], V4),
        (MAPPED, [MAPPED], V4),
        (V6, [V6], V6),
        (LINK, [LINK], LINK),
        (("192.0.2.8", 9100), [V4, ("192.0.2.8", 9100)], ("192.0.2.8", 9100)),
    ],
)
def test_a_printer_is_known_by_its_one_number_whatever_way_its_name_leads(
    way: tuple[Any, ...], ways: list[tuple[Any, ...]], printer: tuple[Any, ...]
) -> None:
    answer = [(socket.AF_UNSPEC, socket.SOCK_STREAM, 6, "", each) for each in ways]
    assert printer_at(way, answer) == printer
