"""Wishes that are no numbers: the language wanted, and whether small or fast counts most."""

import re
from typing import Literal

from prompts.design import Language
from prompts.reading.normal import Remainder

Goal = Literal["", "small", "fast", "smaller", "faster"]

_HLS = (
    r"(?:vitis |vivado |catapult )?hls(?: c\+\+| c)?|c\+\+|cpp|high[- ]level synthesis|"
    r"in (?:plain )?c\b"
)
_VERILOG = r"system ?verilog|verilog|rtl|hdl"
_OTHER = re.compile(
    r"\b(?:in|as|into|using|write|generate|give me|want)\s+(?:an? |the |some )?"
    r"(vhdl|chisel|amaranth|bluespec|spinal ?hdl|myhdl|clash|pymtl|system ?c|opencl|"
    r"migen|nmigen|scala|cuda|triton|numpy|matlab|python|java|rust|fortran|assembly|excel|latex)\b"
)
_NOT = (
    r"(?:\b(?:no|not|without|don't want|do not want|skip|instead of|"
    r"rather than)\s+(?:the |any |in )?)"
)
_FLOAT = re.compile(
    r"(?<!no )(?<!not )(?<!without )(?<!of )\b(?:fp(?:8|16|32|64)|float(?:8|16|32|"
    r"64)|bf(?:loat)?16|"
    r"(?:single|half|double)[- ]precision|floating[ -]?point|floats?|tf32)\b(?! ?to ?(?:int|fixed))"
)
_GOALS: tuple[tuple[Goal, str], ...] = (
    (
        "small",
        r"as (?:small|cheap|compact|tiny) as (?:possible|you can|it gets)|"
        r"(?<!\d )smallest(?! (?:of|values?|elements?|scores?|distances?|numbers?)\b)|"
        r"(?:minimal|minimum|least|lowest|low|small|minimi[sz]ed?) (?:the )?(?:area|"
        r"resources?|footprint|hardware)|"
        r"area[- ](?:optimi[sz]ed|efficient|minimal)|(?:optimi[sz]ed?|"
        r"minimi[sz]e) (?:for )?(?:the )?area|"
        r"as (?:few|little) [a-z]+(?: [a-z]+)? as possible|tiny|cheapest|compact",
    ),
    (
        "fast",
        r"as fast as (?:possible|you can|it gets)|fastest|as quick(?:ly)? as possible|"
        r"(?:max(?:imum|imal|imi[sz]e)?|highest|high|best|most) (?:the )?(?:throughput|"
        r"performance|speed|parallelism)|"
        r"(?:min(?:imum|imal|imi[sz]e)?|lowest|low|least|ultra[- ]low) (?:the )?latency|"
        r"(?:optimi[sz]ed? for|as much) (?:speed|throughput|performance|latency|"
        r"parallelism as possible)|"
        r"high[- ]throughput|low[- ]latency|as parallel as possible|"
        r"as few (?:clock )?cycles as possible",
    ),
    ("smaller", r"smaller|cheaper|less area|fewer resources|shrink it"),
    ("faster", r"faster|quicker|speed it up|more parallel(?:ism)?|higher throughput|fewer cycles"),
)


def language(rest: Remainder) -> tuple[Language | None, str]:
    """Take the language out of a request: None when none is said, and a problem or ""."""
    if foreign := rest.take(_OTHER):
        name = foreign[0][1]
        return None, f"designs are not written in {name}; ask for Verilog, HLS C++ or both"
    said = {}
    for name, words in (("hls", _HLS), ("verilog", _VERILOG)):
        refused = rest.take(re.compile(rf"{_NOT}(?:{words})(?!\w)"))
        wanted = rest.take(re.compile(rf"(?:\bin )?(?<!\w)(?:{words})(?!\w)(?: only| code)?"))
        said[name] = False if refused else True if wanted else None
    hls, verilog = said["hls"], said["verilog"]
    if (hls and verilog) or (hls is verilog):
        return ("both" if hls else None), ""
    if hls or (verilog is False and not hls):
        return "hls", ""
    return "verilog", ""


def goal(rest: Remainder) -> Goal:
    """Take "as small as possible", "as fast as possible" and the like out of a request."""
    said: list[Goal] = [
        wish for wish, words in _GOALS if rest.take(re.compile(rf"\b(?:{words})\b"))
    ]
    return said[0] if said else ""


def floating_point(rest: Remainder) -> str:
    """The floating-point format that a request asks for, or ""."""
    found = _FLOAT.search(rest.text)
    return found.group() if found else ""
