"""Requests in plain words: what is understood, what is refused, and changes to earlier requests."""

import pytest
import refused_requests

from prompts.demos import demos
from prompts.kernels import kernel_named
from prompts.reading import MAX_REQUEST, TARGETS, Reading, read
from prompts.request import Request

REQUESTS = [(name, request) for name, demo in demos().items() for request in demo.requests]
REFUSED = [
    ("", "empty"),
    (" \n\t", "empty"),
    ("fir " * (MAX_REQUEST // 4 + 1), str(MAX_REQUEST)),
    ("hello", "no accelerator"),
    ("what is the weather like today?", "no accelerator"),
    ("write a poem about softmax", "no accelerator"),
    ("write a story about a fir tree", "no accelerator"),
    ("explain how a systolic array works", "no accelerator"),
    ("a UART that prints FIR coefficients", "--model"),
    ("a DMA engine feeding a softmax", "--model"),
    ("a 32-bit RISC-V CPU at 50 MHz", "--model"),
    ("a CORDIC rotator with 16 stages", "--model"),
    ("a DCT with 1024 points", "points = 1024 is above 8"),
    ("matrix multiply in float32", "float32"),
    ("a dot product followed by a softmax", "dot_product (stage 1) sends no stream"),
    ("linear 64 to 32, ReLU, linear 48 to 10", "relu_requant gives 4 x 32 = 128 elements"),
    ("an MLP 64-32-10 with at most 3 DSPs", "(linear_1 16, relu_requant 2, linear_2 16)"),
    ("FIR filter in VHDL", "vhdl"),
    ("a 4096x4096 systolic array", "rows = 4096 is above 16"),
    ("a FIR filter with 100000 taps", "choose from 1 to 256"),
    ("FIR with 0 taps", "taps = 0 is below 1"),
    ("fir with 16 taps and 32 taps", "taps is given as 16 and as 32"),
    ("(16x32) @ (16x32) matrix product", "16x32x16x32"),
    ("dot product at 2 GHz", "2000 MHz"),
    ("FIR filter, at least 100 MHz and at most 50 MHz", "contradict"),
    ("FIR filter with 16 multipliers using at most 4 DSPs", "at most 4 DSPs contradict lanes = 16"),
    ("dot product of 64 elements with 8 lanes in at most 4 cycles", "at most 4 cycles contradict"),
    ("16 tap FIR on Artix-7 at 100 MHz", "there is no target 'artix-7'; choose one of ecp5-25k"),
    ("FIR with 16 taps on ECP5-12k", "there is no target 'ecp5-12k'"),
]


def read_all(*texts: str) -> Reading:
    """The reading of the last of several requests, each a change to the one before."""
    reading = read(texts[0], demos())
    for text in texts[1:]:
        reading = read(text, demos(), previous=reading.task)
    return reading


@pytest.mark.parametrize(("kernel", "request_"), REQUESTS, ids=[r.say[:60] for _, r in REQUESTS])
def test_a_request_is_understood(kernel: str, request_: Request) -> None:
    reading = read(request_.say, demos())
    task = reading.task
    assert reading.problem == ""
    assert task.kernel == kernel
    assert next(iter(reading.scores)) == kernel
    assert {name: task.parameters[name] for name in request_.parameters} == request_.parameters
    assert (task.target, task.clock_mhz) == (request_.target, request_.clock)
    assert task.language == request_.language
    assert sorted(c.text() for c in task.constraints) == sorted(request_.limits)
    assert demos()[kernel].settle(task.parameters) == task.parameters


def test_every_kernel_is_asked_for_in_six_ways() -> None:
    assert {name for name, demo in demos().items() if len(demo.requests) < 6} == set()


ALL_REFUSED = [*REFUSED, *refused_requests.REFUSED]


@pytest.mark.parametrize(("text", "says"), ALL_REFUSED, ids=[t[:50] for t, _ in ALL_REFUSED])
def test_a_request_that_cannot_be_built_is_answered_with_a_sentence(text: str, says: str) -> None:
    problem = read(text, demos()).problem
    assert says in problem
    assert "\n" not in problem


@pytest.mark.parametrize(("text", "kernel"), refused_requests.UNDERSTOOD)
def test_words_of_refusals_elsewhere_do_no_harm(text: str, kernel: str) -> None:
    reading = read(text, demos())
    assert (reading.task.kernel, reading.problem) == (kernel, "")


def test_what_no_kernel_fits_names_the_nearest_and_needs_a_model() -> None:
    reading = read("a polyphase decimator for samples of 16 bit on an FPGA", demos())
    assert reading.task.kernel == ""
    assert reading.needs_model
    assert "the nearest are fir" in reading.problem
    assert not read("hello", demos()).needs_model


def test_the_demos_own_instructions_are_understood() -> None:
    for name, demo in demos().items():
        settings = demo.settle()
        reading = read(demo.instruction(settings), demos())
        assert (reading.task.kernel, reading.problem) == (name, "")
        assert reading.task.parameters == settings


def test_what_was_assumed_is_noted() -> None:
    notes = read("a 16-tap FIR with 12-bit samples, 99 bananas", demos()).task.notes
    assert "no clock named: 50 MHz" in notes
    assert "no target named: ecp5-25k" in notes
    assert "coef_width: 16, the default" in notes
    assert any("99" in note for note in notes)
    assert not any(note.startswith("taps") for note in notes)


def test_changes_keep_the_rest() -> None:
    reading = read_all(
        "8x8 systolic array for 16x16 matrices on the ECP5-25k, in Verilog",
        "make it 4x4",
        "target 120 MHz",
        "now on the 45k",
        "int16 please",
    )
    task, p = reading.task, reading.task.parameters
    assert (p["rows"], p["cols"], p["m"], p["k"], p["n"]) == (4, 4, 16, 16, 16)
    assert (p["width"], p["acc_width"]) == (16, 36)
    assert (task.target, task.clock_mhz, task.language) == ("ecp5-45k", 120, "verilog")
    assert reading.problem == ""


def test_numbers_change_by_name_and_by_factor() -> None:
    reading = read_all("16 tap FIR with 8 lanes", "use 32 taps instead", "twice the lanes")
    assert reading.task.parameters["taps"] == 32
    assert reading.task.parameters["lanes"] == 16


def test_a_limit_in_a_change_replaces_the_old_one_and_fits_the_lanes() -> None:
    reading = read_all(
        "dot product of 64 elements with at most 16 DSPs", "at most 4 DSPs", "make it smaller"
    )
    assert [c.text() for c in reading.task.constraints] == ["DSPs at most 4"]
    assert reading.task.parameters["lanes"] == 2


def test_another_kernel_starts_anew() -> None:
    task = read_all("fir with 8 taps at 80 MHz", "a softmax over 32 classes").task
    assert (task.kernel, task.parameters["length"], task.clock_mhz) == ("softmax", 32, 50)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("thanks", "nothing in this changes"),
        ("write me a poem", "no accelerator"),
        ("4096 taps", "taps = 4096 is above"),
        ("on an Artix-7", "there is no target"),
    ],
)
def test_a_change_that_cannot_be_made_is_answered(text: str, says: str) -> None:
    assert says in read_all("fir with 8 taps", text).problem


def test_the_longest_request_is_read() -> None:
    text = "a 24-tap FIR filter " + "with very nice samples, 7q and so on; " * 550
    assert len(text) > MAX_REQUEST
    assert read(text[:MAX_REQUEST], demos()).task.parameters["taps"] == 24


def test_the_targets_can_be_others() -> None:
    reading = read("16-tap FIR on ecp5-12k", demos(), targets={**TARGETS, "ecp5-12k": 10})
    assert (reading.problem, reading.task.target) == ("", "ecp5-12k")


CHAINS = [
    ("a two-layer MLP 64-32-10 with ReLU", "linear+relu_requant+linear",
     {"linear_1.inputs": 64, "linear_1.outputs": 32, "linear_2.outputs": 10}),
    ("conv 3x3 on 12x12 images, ReLU, then softmax", "conv2d+relu_requant+softmax",
     {"conv2d.k": 3, "conv2d.height": 12}),
    ("one attention head with softmax, 4 queries, 12 keys, dim 8", "linear+softmax+linear",
     {"linear_1.tokens": 4, "linear_1.inputs": 8, "linear_1.outputs": 12, "linear_2.outputs": 8}),
    ("a transformer feed-forward block, 32 wide, hidden 48, 8 lanes", "linear+relu_requant+linear",
     {"linear_1.inputs": 32, "linear_1.outputs": 48, "linear_2.lanes": 8}),
    ("16-tap FIR -> ReLU -> softmax over 32 classes", "fir+relu_requant+softmax",
     {"fir.taps": 16, "softmax.length": 32}),
    ("linear layer 64 to 32 followed by ReLU, then a linear layer with 10 outputs",
     "linear+relu_requant+linear", {"linear_1.outputs": 32, "linear_2.outputs": 10}),
    ("a two-layer perceptron 784-128-10", "linear+relu_requant+linear",
     {"linear_1.inputs": 784, "linear_1.outputs": 128, "linear_2.outputs": 10}),
    ("MLP with 2 hidden layers of 16 and ReLU, 8 inputs, 4 outputs",
     "linear+relu_requant+linear+relu_requant+linear",
     {"linear_1.inputs": 8, "linear_2.outputs": 16, "linear_3.outputs": 4}),
    ("multilayer perceptron with layers 784, 32, 10, 8 lanes", "linear+relu_requant+linear",
     {"linear_1.inputs": 784, "linear_1.lanes": 8, "linear_2.lanes": 8}),
    ("an MLP 64-32-10 with GELU", "linear+activation+linear", {"activation.curve": "gelu"}),
    ("linear layer 32 to 16 with sigmoid, then a linear layer with 4 outputs",
     "linear+activation+linear", {"activation.curve": "sigmoid", "linear_2.outputs": 4}),
    ("conv2d 3x3 on 8x8 images with ReLU, then global average pooling",
     "conv2d+relu_requant+pooling", {"pooling.op": "average", "pooling.k": 8}),
    ("3x3 convolution on 8x8 images with ReLU", "conv2d+relu_requant", {"conv2d.width": 8}),
    ("8x8 image, 3x3 conv with 4 filters, relu, fully connected layer with 10 outputs, softmax",
     "conv2d+relu_requant+linear+softmax", {"conv2d.cout": 4, "linear.outputs": 10}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kernel", "parameters"), CHAINS, ids=[c[0][:50] for c in CHAINS])
def test_a_chain_is_understood(text: str, kernel: str, parameters: dict[str, int]) -> None:
    reading = read(text, demos())
    assert (reading.problem, reading.task.kernel) == ("", kernel)
    assert {name: reading.task.parameters[name] for name in parameters} == parameters
    assert kernel_named(kernel).settle(reading.task.parameters) == reading.task.parameters


@pytest.mark.parametrize("text", ["a residual add, ReLU, 8 lanes", "elementwise sum with ReLU"])
def test_what_a_kernel_may_do_itself_is_no_stage(text: str) -> None:
    task = read(text, demos()).task
    assert (task.kernel, task.parameters["activation"]) == ("elementwise", "relu")
    assert not any("relu_requant" in note for note in task.notes)


def test_a_chain_changes_by_stage_and_by_word() -> None:
    reading = read_all("an MLP 64-32-10", "linear_1.outputs = 24", "4 lanes", "on the ECP5-45k")
    task = reading.task
    assert (reading.problem, task.kernel) == ("", "linear+relu_requant+linear")
    assert (task.parameters["linear_1.outputs"], task.parameters["linear_2.lanes"]) == (24, 4)
    assert task.target == "ecp5-45k"
