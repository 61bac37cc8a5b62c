"""The `llm` designer and its models against a local server."""

import socket
from collections.abc import Generator, Sequence
from typing import TypeVar

import fake_endpoint as fake
import pytest
from fake_endpoint import Behaviour, refuses, says, serving

from agents.designer import Attempt, ModelError, NoDesign, Proposal
from agents.designers import Settings, designer_named
from agents.events import Event, Prompted, Said, Spent
from agents.llm import LlmDesigner, failure_of
from agents.models import Answer, answer, chat_model
from prompts.builder import fenced
from prompts.demos import demos
from prompts.design import Design
from prompts.task import Task
from tools.report import Diagnostic, Report

KEY = "sk-very-secret-key"
TASK = Task("a dot product of int8 vectors", kernel="dot_product")
Item = TypeVar("Item")
Result = TypeVar("Result")
MESSAGES = ({"role": "user", "content": "a module, please"},)


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)


def run(steps: Generator[Item, None, Result]) -> tuple[list[Item], Result]:
    """All that a generator yields, and what it returns."""
    items: list[Item] = []
    while True:
        try:
            items.append(next(steps))
        except StopIteration as done:
            return items, done.value


def ask(url: str) -> tuple[list[str], Answer]:
    return run(answer(chat_model("fake", url, read_s=0.5, max_retries=1), MESSAGES))


def propose(
    url: str, task: Task = TASK, attempts: Sequence[Attempt] = ()
) -> tuple[list[Event], Proposal]:
    designer = designer_named("llm", Settings(model="openai:fake", base_url=url))
    return run(designer.propose(task, attempts))


def dot_product() -> Design:
    demo = demos()["dot_product"]
    return demo.design(demo.settle())


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (refuses(401), "refuses the key (401); set OPENAI_API_KEY"),
        (refuses(403), "does not allow this key to use the model (403)"),
        (refuses(404), "is not there (404); check the model's name"),
        (refuses(413), "prompt too long (413)"),
        (refuses(429), "busy or its quota is used up (429, after retries)"),
        (refuses(500, "out of memory"), "has a fault of its own (500)"),
        (refuses(400, "bad temperature"), "refuses the request (400)"),
        (fake.hangs, "does not answer in time"),
        (fake.stalls, "was cut after 8 characters"),
        (fake.cuts, "was cut after 8 characters"),
        (fake.ends_early, "was cut after 8 characters"),
        (fake.says_nothing, "without a message; check that it speaks chat completions"),
        (fake.sends_a_page, "without a message; check that it speaks chat completions"),
        (fake.sends_garbage, "not JSON; check that it speaks chat completions"),
    ],
)
def test_what_goes_wrong_is_one_sentence_without_the_key(
    behaviour: Behaviour, expected: str
) -> None:
    with serving(behaviour) as endpoint:
        with pytest.raises(ModelError) as caught:
            ask(endpoint.url)
        assert endpoint.keys[0] == f"Bearer {KEY}"
    said = str(caught.value)
    assert expected in said
    assert KEY not in said
    assert "\n" not in said
    assert endpoint.url in said


def test_nothing_listening_is_told_with_its_url() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    with pytest.raises(ModelError, match=f"nothing listens at model 'fake' at {url}"):
        ask(url)


def test_user_and_password_of_a_url_are_not_shown() -> None:
    with serving(refuses(404)) as endpoint, pytest.raises(ModelError) as caught:
        ask(endpoint.url.replace("http://", "http://me:hidden@"))
    assert "hidden" not in str(caught.value)


def test_a_busy_server_is_asked_again() -> None:
    with serving(refuses(429), says("here")) as endpoint:
        assert ask(endpoint.url)[1].text == "here"
        assert len(endpoint.requests) == 2


def test_an_answer_comes_in_pieces_with_its_usage() -> None:
    with serving(says("x" * 100)) as endpoint:
        pieces, whole = ask(endpoint.url)
        assert endpoint.requests[0]["messages"] == list(MESSAGES)
    assert "".join(pieces) == whole.text == "x" * 100
    assert len(pieces) == 3
    assert (whole.input_tokens, whole.output_tokens) == (11, 7)
    assert whole.usd is None


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with serving(says("here")) as endpoint:
        assert ask(endpoint.url)[1].text == "here"
        assert endpoint.keys == ["Bearer none"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("openai:gpt-5", "set OPENAI_API_KEY"),
        ("anthropic:claude", "pip install langchain-anthropic"),
        ("ollama:qwen3:8b", "pip install langchain-ollama"),
        ("qwen3:8b", "names no provider"),
        ("", "names no provider"),
    ],
)
def test_a_model_that_cannot_be_set_up_says_what_to_do(
    name: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(ModelError, match=expected):
        chat_model(name)


def test_a_proposal_is_a_prompt_words_a_price_and_a_design() -> None:
    text = "Eight lanes.\n\n" + fenced(dot_product().files)
    with serving(says(text)) as endpoint:
        events, proposal = propose(endpoint.url)
        sent = endpoint.requests[0]["messages"]
    prompted = events[0]
    assert isinstance(prompted, Prompted)
    assert [dict(m) for m in prompted.messages] == sent
    assert next(iter(prompted.demos)) == "dot_product"
    said = [e for e in events if isinstance(e, Said)]
    assert "".join(e.text for e in said) == text
    assert len(said) < len(text) // 40
    spent = events[-1]
    assert isinstance(spent, Spent)
    assert (spent.model, spent.input_tokens, spent.usd) == ("openai:fake", 11, None)
    assert proposal.design.top == "dot_product"
    assert proposal.design.interface is not None
    assert set(proposal.design.files) == {"dot_product.cpp", "dot_product.v"}


def test_a_repair_is_a_conversation_with_the_last_answer_and_the_diagnostics() -> None:
    finding = Diagnostic("error", "Latch inferred for 'next'", "dot_product.v", 12, "LATCH")
    report = Report("lint", "failed", "Latch inferred", (finding,))
    failed = Attempt(Proposal(dot_product()), (report,))
    with serving(says(fenced(dot_product().files))) as endpoint:
        propose(endpoint.url, TASK, [failed])
        sent = endpoint.requests[0]["messages"]
    assert [m["role"] for m in sent] == ["system", "user", "assistant", "user"]
    assert sent[2]["content"] == fenced(dot_product().files)
    assert "dot_product.v:12: error: Latch inferred for 'next' [LATCH]" in sent[3]["content"]


def test_after_the_same_failure_twice_the_model_starts_afresh() -> None:
    report = Report("cosim", "failed", "call 2: y is 3, expected 4")
    attempt = Attempt(Proposal(dot_product()), (report,))
    once, twice = failure_of([attempt]), failure_of([attempt, attempt])
    assert once is not None and set(once.files) == {"dot_product.cpp", "dot_product.v"}
    assert twice is not None and not twice.files
    assert twice.earlier == ("cosim: call 2: y is 3, expected 4",)


def test_a_tool_call_gives_the_files() -> None:
    call = fake.calls("write_files", {"files": dict(dot_product().files)})
    with serving(call) as endpoint:
        assert propose(endpoint.url)[1].design.files == dot_product().files


@pytest.mark.parametrize(
    ("task", "text", "finish", "expected"),
    [
        (TASK, "I cannot do that.", "stop", "no code"),
        (TASK, "```verilog\nmodule dot_product;", "length", "limit of output tokens"),
        (TASK, "```verilog\nmodule dot_product;\nendmodule\n```", "stop", r"no C\+\+ file"),
        (Task("an adder"), "```verilog\nmodule m(input a);\nendmodule\n```", "stop", "testbench"),
    ],
)
def test_an_unusable_answer_says_what_it_lacks(
    task: Task, text: str, finish: str, expected: str
) -> None:
    with serving(says(text, finish)) as endpoint, pytest.raises(NoDesign, match=expected):
        propose(endpoint.url, task)


def test_without_a_known_interface_the_model_chooses_the_top_and_writes_the_test() -> None:
    half = "module half(input a, b, output s);\n  assign s = a ^ b;\nendmodule\n"
    top = "module adder(input a, b, output s);\n  half h (.a(a), .b(b), .s(s));\nendmodule\n"
    bench = "module testbench;\n  adder dut ();\nendmodule\n"
    text = fenced({"half.v": half, "adder.v": top, "testbench.sv": bench})
    with serving(says(text)) as endpoint:
        proposal = propose(endpoint.url, Task("an adder"))[1]
    assert proposal.design.top == "adder"
    assert proposal.design.interface is None
    assert set(proposal.design.files) == {"half.v", "adder.v"}
    assert proposal.testbench == bench


def test_a_testbench_of_the_users_names_the_top_and_is_not_shown() -> None:
    bench = "module tb;\n  wire q;\n  Top t (.q(q));\n  initial if (q !== 1) $fatal;\nendmodule\n"
    code = "module Top(output q);\nassign q = 1;\nendmodule\nmodule spare(input a);\nendmodule\n"
    with serving(says(f"```verilog\n{code}```")) as endpoint:
        proposal = propose(endpoint.url, Task("a one", testbench=bench))[1]
        prompt = endpoint.requests[0]["messages"][1]["content"]
    assert proposal.design.top == "Top"
    assert "Top t (.q(q));" in prompt
    assert "$fatal" not in prompt


def test_a_request_beyond_the_budget_ends_the_run() -> None:
    designer = LlmDesigner(chat_model("fake", "http://127.0.0.1:9/v1"), budget_tokens=100)
    with pytest.raises(ModelError, match="the budget is 100"):
        run(designer.propose(TASK, ()))
