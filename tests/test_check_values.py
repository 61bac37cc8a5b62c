"""Check values: the library's CRC against zlib's and those of the catalogues of such codes."""

import zlib

import numpy as np
import pytest

from prompts.demos import demos
from prompts.sheet import Setting

MESSAGE = b"123456789"
CATALOGUED = {
    "crc32": 0xCBF43926,
    "crc32c": 0xE3069283,
    "crc32_mpeg2": 0x0376E6E7,
    "crc24_openpgp": 0x21CF02,
    "crc16_arc": 0xBB3D,
    "crc16_modbus": 0x4B37,
    "crc16_usb": 0xB4C8,
    "crc16_ccitt": 0x29B1,
    "crc16_xmodem": 0x31C3,
    "crc16_x25": 0x906E,
    "crc8": 0xF4,
    "crc5_usb": 0x19,
}


def check_value(message: bytes, **chosen: Setting) -> int:
    """What the golden model of `crc` gives for one message."""
    crc = demos()["crc"]
    settings = crc.settle({"messages": 1, "length": len(message), **chosen})
    x = np.frombuffer(message, np.uint8).astype(np.int64).reshape(1, -1)
    return int(crc.golden(settings, {"x": x})["y"][0])


@pytest.mark.parametrize("standard", CATALOGUED)
def test_the_message_of_the_catalogues_has_its_check_value(standard: str) -> None:
    assert check_value(MESSAGE, standard=standard) == CATALOGUED[standard]


def test_every_code_is_checked() -> None:
    assert set(demos()["crc"].parameters["standard"].choices) == {"usual", *CATALOGUED}


@pytest.mark.parametrize("length", [1, 7, 64, 1500])
def test_the_default_is_that_of_zlib(length: int) -> None:
    message = np.random.default_rng(length).bytes(length)
    assert check_value(message) == zlib.crc32(message)


@pytest.mark.parametrize("width", [5, 8, 16, 24, 32])
def test_the_usual_code_of_a_width_is_a_catalogued_one(width: int) -> None:
    assert check_value(MESSAGE, width=width) in CATALOGUED.values()
