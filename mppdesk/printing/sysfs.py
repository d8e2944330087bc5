"""What stands behind a device file, by what Linux says of its devices (sysfs(5), Linux kernel, Documentation/ABI)."""

import os
from collections.abc import Hashable
from pathlib import Path

_CLASSES = Path("/sys/class")
# Printers of the kernel's own driver (/dev/usb/lp0), and printers and adapters that look like a serial port.
_OF_USB = ("usbmisc", "tty")


def device_at(path: str, classes: Path = _CLASSES) -> tuple[Hashable, ...]:
    """Name a device on a bus as libusb numbers it, so that all ways to it are known as one.

    `classes` is the kernel's list of devices by kind; a file that is not of a USB device is only itself.
    """
    real = os.path.realpath(path)
    for kind in _OF_USB:
        try:
            return "usb", *_numbers((classes / kind / Path(real).name / "device").resolve(strict=True))
        except (OSError, ValueError):
            continue
    return "file", real


def _numbers(interface: Path) -> tuple[int, int]:
    """The numbers of bus and device; the nearest directory above that has some is the USB device."""
    device = next((above for above in interface.parents if (above / "busnum").is_file()), interface)
    return int((device / "busnum").read_text()), int((device / "devnum").read_text())
