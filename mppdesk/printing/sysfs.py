"""What stands behind a device file, by what Linux says of its devices (sysfs(5), Linux kernel, Documentation/ABI)."""

import os
from collections.abc import Hashable
from pathlib import Path

_CLASSES = Path("/sys/class")
# Printers of the kernel's own driver (/dev/usb/lp0), and printers and adapters that look like a serial port.
_OF_USB = ("usbmisc", "tty")


def device_at(path: str, classes: Path = _CLASSES) -> tuple[Hashable, ...]:
    """Name a device on a bus as libusb numbers it, so that all ways to it are known as one.

    `classes` is the kernel's list of devices by kind; a file that is not of a USB device is only itself, and so is one
    of several of its kind: an adapter with four ports leads to four printers.
    """
    real = os.path.realpath(path)
    name = Path(real).name
    for kind in _OF_USB:
        try:
            numbers = _numbers(classes / kind / name)
        except (OSError, ValueError):
            continue
        alike = (classes / kind).glob(name.rstrip("0123456789") + "*")
        if all(other.name == name or not _is_of(numbers, other) for other in alike):
            return "usb", *numbers
    return "file", real


def _numbers(file: Path) -> tuple[int, int]:
    """The numbers of bus and device; the nearest directory above its interface that has some is the USB device."""
    interface = (file / "device").resolve(strict=True)
    device = next((above for above in interface.parents if (above / "busnum").is_file()), interface)
    return int((device / "busnum").read_text()), int((device / "devnum").read_text())


def _is_of(numbers: tuple[int, int], file: Path) -> bool:
    try:
        return _numbers(file) == numbers
    except (OSError, ValueError):
        return False
