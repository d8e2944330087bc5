"""The wire to a USB printer that no driver of the system holds (USB printer class, bulk endpoints).

On Windows its driver must be WinUSB, on Linux the rights come from a udev rule; where the system's own driver works,
`/dev/usb/lp0` and the spooler's queue need neither.
"""

import contextlib
from types import TracebackType
from typing import Any, Self

import usb.core
import usb.util

from mppdesk.printing.turns import Turn, take_turn

_PRINTER_CLASS = 7
_MOST_AT_ONCE = 256


class UsbWire:
    """Never resets the device and configures only one that is not: a job on its way would end as garbage on paper.

    One line at a time leads to a printer, whether its serial number is named or not.
    """

    def __init__(self, device: Any, interface: Any, turn: Turn, *, is_taken_from_driver: bool) -> None:
        self._device = device
        self._interface = interface
        self._turn = turn
        self.place = turn.place
        self._is_taken_from_driver = is_taken_from_driver
        self._out = _endpoint(interface, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(interface, usb.util.ENDPOINT_IN)
        if self._out is None:
            self.close()
            raise ConnectionAbortedError

    @classmethod
    def connect(cls, vendor: int, product: int, serial: str | None, backend: Any = None) -> Self:
        """Raises OSError where the printer is not there, is taken, or USB cannot be used; `backend` as in pyusb."""
        try:
            device = _find(vendor, product, serial, backend)
            turn = take_turn("usb", device.bus, device.address)
        except (usb.core.NoBackendError, NotImplementedError, ValueError) as error:
            raise ConnectionAbortedError from error
        try:
            return cls._lead_to(device, turn)
        except (NotImplementedError, ValueError) as error:
            turn.end()
            raise ConnectionAbortedError from error
        except OSError:
            turn.end()
            raise

    @classmethod
    def _lead_to(cls, device: Any, turn: Turn) -> Self:
        interface = _printer_interface(device)
        is_driven = _take_from_driver(device, interface.bInterfaceNumber)
        _claim(device, interface, is_taken_from_driver=is_driven)
        return cls(device, interface, turn, is_taken_from_driver=is_driven)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        """A packet at a time: a packet is taken whole or not at all."""
        try:
            return int(self._out.write(data[: self._out.wMaxPacketSize], _milliseconds(timeout_s)))
        except usb.core.USBTimeoutError as error:
            raise TimeoutError from error

    def receive(self, timeout_s: float) -> bytes:
        if self._in is None:  # a printer that only listens
            return b""
        try:
            return bytes(self._in.read(_MOST_AT_ONCE, _milliseconds(timeout_s)))
        except usb.core.USBTimeoutError:
            return b""

    def finish(self, timeout_s: float) -> bool:
        return False

    def close(self) -> None:
        with contextlib.suppress(OSError, NotImplementedError):
            usb.util.release_interface(self._device, self._interface)
        with contextlib.suppress(OSError, NotImplementedError):
            if self._is_taken_from_driver:
                self._device.attach_kernel_driver(self._interface.bInterfaceNumber)
        with contextlib.suppress(OSError):
            usb.util.dispose_resources(self._device)
        self._turn.end()


def _find(vendor: int, product: int, serial: str | None, backend: Any) -> Any:
    found = usb.core.find(find_all=True, idVendor=vendor, idProduct=product, backend=backend)
    for device in found:
        if serial is None or _serial_of(device) == serial:
            return device
    raise FileNotFoundError


def _serial_of(device: Any) -> str | None:
    try:
        return usb.util.get_string(device, device.iSerialNumber) if device.iSerialNumber else None
    except (OSError, ValueError):  # a device that may not be asked is not the one that was named
        return None


def _printer_interface(device: Any) -> Any:
    """The interface of the printer class; where a clone names none, its first."""
    try:
        configuration = device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        configuration = device.get_active_configuration()
    named = usb.util.find_descriptor(configuration, bInterfaceClass=_PRINTER_CLASS)
    return named if named is not None else configuration[(0, 0)]


def _take_from_driver(device: Any, number: int) -> bool:
    try:
        if not device.is_kernel_driver_active(number):
            return False
    except NotImplementedError:  # Windows and macOS know no such thing
        return False
    device.detach_kernel_driver(number)
    return True


def _claim(device: Any, interface: Any, *, is_taken_from_driver: bool) -> None:
    """Take the printer for this program; where another one has it, the driver gets it back."""
    try:
        usb.util.claim_interface(device, interface)
    except OSError:
        if is_taken_from_driver:
            device.attach_kernel_driver(interface.bInterfaceNumber)
        raise


def _endpoint(interface: Any, direction: int) -> Any:
    return usb.util.find_descriptor(
        interface,
        custom_match=lambda each: (
            usb.util.endpoint_direction(each.bEndpointAddress) == direction
            and usb.util.endpoint_type(each.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        ),
    )


def _milliseconds(seconds: float) -> int:
    """Never 0, which means for ever (libusb, Synchronous device I/O)."""
    return max(1, round(seconds * 1000))
