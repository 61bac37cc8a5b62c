"""What a request asks for: whether a kernel's name is the thing wanted or merely mentioned.

"A UART that prints FIR coefficients" and "a poem about softmax" name kernels but want other things.
"""

import re

from prompts.reading.otherwise import beside, denied
from prompts.reading.wordlists import listed

_MAKE = frozenset(
    listed(
        "build design make create generate implement synthesize synthesise need want write "
        "produce develop construct give get have do code accelerate compute computes multiply "
        "multiplies convolve run apply perform performs"
    )
)
_BREAK = frozenset(";?!.")
_NOT_HARDWARE = frozenset(
    listed(
        "poem song haiku essay story joke recipe letter email mail lyrics limerick novel article "
        "blog tutorial lecture slides presentation homework weather cake tree trees forest "
        "holiday translation summary history explanation quiz paragraph sonnet book paper report "
        "review formula equation spreadsheet posting job resume meme comic plot notebook website "
        "webpage diagram drawing checklist invoice questionnaire webinar"
    )
)
_OTHER_HARDWARE = frozenset(
    listed(
        "uart spi i2c fifo cpu processor riscv risc gpio ethernet pcie usb hdmi vga dvi dma dram "
        "sdram ddr sram cache arbiter crossbar router switch timer counter pwm aes sha sha256 "
        "sha1 md5 rsa crc hash encryption cipher dct cordic divider alu "
        "adder shifter lfsr prng encoder decoder modulator demodulator jpeg h264 viterbi ldpc "
        "turbo bitcoin miner debouncer keyboard display bridge bus axi wishbone jtag i2s can lin "
        "modem watchdog semaphore stack queue printer logger monitor game pong snake traffic "
        "elevator vending lock clockwork calculator comparator multiplexer mux flipflop latch "
        "register testbench histogram pll dll synthesizer debugger profiler analyser analyzer "
        "estimator scheduler generator loader unloader prefetcher simulator scoreboard checker "
        "assembler compiler transposer serializer deserializer oscilloscope thermometer string "
        "regex needleman waterman alignment genome normalisation normalization "
        "batchnorm lstm gru rnn"
    )
)
_HARDWARE = _OTHER_HARDWARE | frozenset(
    listed(
        "hardware accelerator accelerators circuit chip rtl verilog hls fpga asic module ip "
        "block core engine unit pipeline systolic logic kernel coprocessor hw synthesizable "
        "array macro multiplier filter controller vhdl systemverilog testbench"
    )
)
_COMPUTES = frozenset(
    listed(
        "compute calculate perform do implement execute evaluate multiply run apply accelerate "
        "take convolve filter handle process realise realize use can will find pick produce "
        "carry is are has turn give read accept"
    )
)
_LEADS_AWAY = frozenset(
    ["about", "printing", "logging", "displaying", "describing", "explaining", "counting"]
)
_LINKS = frozenset(listed("that which who about of for to with from on between printing in into"))
_REQUEST = frozenset(
    listed("build design make create generate implement need want produce develop synthesize")
)
_POLITE = (
    r"^(?:(?:hi|hello|hey|so|ok|okay|please|and|well|can you|could you|"
    r"(?:is|would) it (?:be )?possible to|are you able to|is there a way to)[ ,!]*)*+"
)
_QUESTION = re.compile(rf"{_POLITE}(?:what|who|why|when|where|how)\b(?! (?:about|if)\b)")
_ASKING = re.compile(
    rf"{_POLITE}(?:which|is|are|was|does|did|has|should|how (?:many|much|hard|big|large|long))\b"
)
_TELL = re.compile(
    rf"{_POLITE}(?:explain|tell|summari[sz]e|translate|define|compare|discuss|"
    r"train|teach|plot|debug|fix|grade|rename|buy|sell)\b"
)


class Subject:
    """The thing that a request wants, for the tokens of a normalised text."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.foreign = [i for i, token in enumerate(tokens) if token in _NOT_HARDWARE]
        self.foreign += [i for i, token in enumerate(tokens) if token in _OTHER_HARDWARE]

    def asks_for(self, first: int, last: int) -> bool:
        """Whether the name at these tokens is the thing wanted, not one mentioned beside it."""
        after = self.tokens[last + 1 : last + 3]
        if any(word in _NOT_HARDWARE for word in after[:1]) or self._other_head(last):
            return False
        if denied(self.tokens, first) or beside(self.tokens, first):
            return False
        return not any(i < first and self._governs(i, first) for i in self._heads(first))

    def is_means(self, first: int) -> bool:
        """Whether the name is how something else is to be done ("using a systolic array")."""
        before = [t for t in self.tokens[max(0, first - 3) : first] if t not in ("a", "an", "the")]
        return bool({"using", "via", "like", "as", "through", "with", "by"} & set(before))

    def _other_head(self, last: int) -> bool:
        """Whether the words behind the name make it part of another thing ("FIR UART bridge")."""
        for token in self.tokens[last + 1 : last + 3]:
            if token in _OTHER_HARDWARE - {"cache", "register", "axi", "stack", "can", "display"}:
                return True
            if token in _HARDWARE or not token[0].isalpha() or token in _LINKS | {"and", "at"}:
                return False
        return False

    def _heads(self, first: int) -> list[int]:
        """The tokens before a name that may be the thing wanted instead."""
        relative = [
            i
            for i in range(first)
            if self.tokens[i] in ("that", "which", "who")
            and i + 1 < len(self.tokens)
            and not self._computes(self.tokens[i + 1])
        ]
        leads = [i for i in range(first) if self.tokens[i] in _LEADS_AWAY and self._away(i)]
        return [*self.foreign, *relative, *leads]

    def _away(self, i: int) -> bool:
        """Whether "about" leads to a topic, not to a number ("about 64 taps")."""
        return i + 1 < len(self.tokens) and not self.tokens[i + 1][0].isdigit()

    def _computes(self, verb: str) -> bool:
        if verb in _COMPUTES or not verb[0].isalpha():
            return True
        endings = (verb.removesuffix("s"), verb.removesuffix("es"), verb[:-3] + "y")
        return any(form in _COMPUTES for form in endings) or not verb.endswith("s")

    def _governs(self, head: int, first: int) -> bool:
        """Whether nothing between the two, a clause's end or a verb, starts a new request."""
        between = self.tokens[head + 1 : first]
        if between[:1] == ["to"]:  # "a CORDIC to compute a dot product"
            return True
        if any(token in _BREAK or token in _MAKE for token in between):
            return False
        comma = [i for i, token in enumerate(between) if token == ","]
        return not any(between[i + 1 : i + 2] in (["a"], ["an"], ["the"]) for i in comma)

    @property
    def hardware(self) -> bool:
        """Whether hardware is wanted at all, of whatever kind."""
        words = set(self.tokens)
        return bool(words & _HARDWARE) and not words & _NOT_HARDWARE

    @property
    def wants_text(self) -> bool:
        """Whether a poem, a recipe or the like is asked for."""
        return bool(_NOT_HARDWARE & set(self.tokens))

    @property
    def question(self) -> bool:
        """Whether the text asks to be told something instead of asking for a design."""
        text = " ".join(self.tokens)
        asked = bool(_QUESTION.match(text)) and not set(self.tokens) & _REQUEST
        return asked or bool(_ASKING.match(text) or _TELL.match(text))
