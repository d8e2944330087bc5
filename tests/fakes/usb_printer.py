"""A USB printer for pyusb's own interface to its libraries (usb.backend.IBackend): a simulated printer at its end."""

import threading
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import usb.core
from usb.backend import IBackend

from tests.fakes.printer import SimulatedPrinter

VENDOR, PRODUCT, SERIAL = 0x04B8, 0x0E15, "KARCIS-1"
OUT, IN = 0x01, 0x82
PACKET = 64
_STRINGS = {0: b"\x04\x03\x09\x04", 3: bytes((2 + 2 * len(SERIAL), 3)) + SERIAL.encode("utf-16-le")}


@dataclass
class UsbPrinter(IBackend):  # type: ignore[misc]
    """One printer on the bus.

    `takes` False refuses every packet; `is_driven`: whether the system's driver holds it; `is_claimed`: whether another
    program does.
    """

    printer: SimulatedPrinter
    takes: bool = True
    is_driven: bool = True
    is_claimed: bool = False
    packets: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._received = bytearray()
        self._answers = bytearray()
        self._changed = threading.Condition()
        self._is_unplugged = False

    # --- the printer's end

    def sendall(self, data: bytes, /) -> None:
        with self._changed:
            self._answers += data
            self._changed.notify_all()

    def read_received(self) -> bytes:
        with self._changed:
            self._changed.wait_for(lambda: self._received or self._is_unplugged)
            data = bytes(self._received)
            self._received.clear()
            return data

    def unplug(self) -> None:
        with self._changed:
            self._is_unplugged = True
            self._changed.notify_all()

    # --- the computer's end

    def enumerate_devices(self) -> Iterator[str]:
        if not self._is_unplugged:
            yield "printer"

    def get_device_descriptor(self, dev: Any) -> Any:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0, bDeviceProtocol=0,
            bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100, iManufacturer=0, iProduct=0,
            iSerialNumber=3, bNumConfigurations=1, address=5, bus=1, port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: Any, config: int) -> Any:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1, iConfiguration=0,
            bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Any:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2, bInterfaceClass=7,
            bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Any:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=2, wMaxPacketSize=PACKET,
            bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: Any) -> Any:
        if self._is_unplugged:
            raise usb.core.USBError("gone", errno=19)
        return dev

    def close_device(self, dev_handle: Any) -> None:
        """Nothing is left to do."""

    def get_configuration(self, dev_handle: Any) -> int:
        return 1

    def set_configuration(self, dev_handle: Any, config_value: int) -> None:
        raise AssertionError("a configured printer is not configured anew: that resets it")

    def reset_device(self, dev_handle: Any) -> None:
        raise AssertionError("a printer is never reset")

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        if self.is_driven or self.is_claimed:
            raise usb.core.USBError("busy", errno=16)

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        """Nothing is left to do."""

    def is_kernel_driver_active(self, dev_handle: Any, intf: int) -> bool:
        return self.is_driven

    def detach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.is_driven = False

    def attach_kernel_driver(self, dev_handle: Any, intf: int) -> None:
        self.is_driven = True

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        if not self.takes:
            raise usb.core.USBTimeoutError("full", errno=110)
        with self._changed:
            self._received += bytes(data)
            self.packets.append(len(data))
            self._changed.notify_all()
        return len(data)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: Any, timeout: int) -> int:
        assert timeout > 0, "0 means for ever"
        with self._changed:
            if not self._changed.wait_for(lambda: self._answers, timeout / 1000):
                raise usb.core.USBTimeoutError("nothing came", errno=110)
            taken = bytes(self._answers[: len(buff)])
            del self._answers[: len(taken)]
        buff[: len(taken)] = array("B", taken)
        return len(taken)

    def ctrl_transfer(
        self, dev_handle: Any, request_type: int, request: int, value: int, index: int, data: Any, timeout: int
    ) -> int:
        """GET_DESCRIPTOR of a string (USB 2.0, 9.4.3)."""
        text = _STRINGS[value & 0xFF][: len(data)]
        data[: len(text)] = array("B", text)
        return len(text)
