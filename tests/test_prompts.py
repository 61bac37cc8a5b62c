"""Demo selection and the prompt builder."""

import numpy as np
import pytest
from jinja2 import UndefinedError

from prompts.builder import Failure, PromptTooLong, build, digest, estimate, fenced, language_of
from prompts.demos import demos
from prompts.interface import Interface
from prompts.render import render
from prompts.select import LEAST_SCORE, select
from prompts.task import Constraint, Task
from prompts.testbench import instantiations, unit_under_test
from prompts.verilog_text import modules, roots

TASK = Task("an inner product of int8 vectors", kernel="dot_product")


def interface() -> Interface:
    demo = demos()["dot_product"]
    return demo.interface(demo.settle())


@pytest.mark.parametrize("name", demos())
def test_a_demo_is_the_most_similar_to_its_own_request(name: str) -> None:
    demo = demos()[name]
    found = select(Task(demo.instruction(demo.settle())), demos())
    assert found[0].demo.name == name


def test_selection_is_at_most_the_count_in_falling_order() -> None:
    task = Task("multiply two matrices on a systolic array, then a softmax with a lookup table")
    found = select(task, demos(), count=3)
    scores = [scored.score for scored in found]
    assert scores == sorted(scores, reverse=True)
    assert all(LEAST_SCORE <= score <= 1 for score in scores)
    assert [s.demo.name for s in select(task, demos(), count=1)] == [found[0].demo.name]
    assert select(task, demos(), count=0) == []


def test_excluded_and_unlike_demos_are_not_selected() -> None:
    without = select(TASK, demos(), exclude=frozenset({"dot_product"}))
    assert "dot_product" not in [scored.demo.name for scored in without]
    assert select(Task("zzz 17"), demos()) == []
    # Others share a word or two with it, and are far behind.
    assert [scored.demo.name for scored in select(TASK, demos(), count=3)] == ["dot_product"]


def test_a_prompt_has_the_interface_the_limits_and_the_examples() -> None:
    task = Task(
        TASK.text, "dot_product", clock_mhz=80, constraints=(Constraint("ii", "at most", 9),)
    )
    chosen = select(task, demos(), count=1)
    prompt = build(task, chosen, interface())
    system, user = (message["content"] for message in prompt.messages)
    assert "ap_ctrl_hs" in system and "#pragma HLS" in system
    for part in (interface().verilog_header(), interface().signature(), "80 MHz", "II at most 9"):
        assert part in user
    demo = demos()["dot_product"]
    assert fenced(demo.design(demo.settle()).files) in user
    assert prompt.demos == {"dot_product": chosen[0].score}
    assert prompt.tokens == estimate(prompt.messages)


def test_verilog_alone_is_asked_for_where_nothing_could_check_cxx() -> None:
    verilog = Task(TASK.text, "dot_product", language="verilog")
    prompt = build(verilog, select(verilog, demos()), interface())
    assert "cpp" not in "".join(message["content"] for message in prompt.messages)
    assert language_of(Task("x", language="hls"), interface()) == "hls"
    assert language_of(Task("x", language="both"), None) == "verilog"


def test_cxx_alone_is_asked_for_where_verilog_is_made_of_it() -> None:
    task = Task(TASK.text, "dot_product", language="hls")
    prompt = build(task, select(task, demos()), interface(), pragmas=("PIPELINE", "STREAM"))
    system, user = (message["content"] for message in prompt.messages)
    assert "```verilog" not in system + user and "always" not in system
    assert "PIPELINE, STREAM" in system
    demo = demos()["dot_product"]
    assert fenced(demo.design(demo.settle()).only("hls").files) in user
    assert "Return `dot_product.cpp` with" in user and interface().signature() in user


def test_the_digest_is_of_the_messages() -> None:
    one, same = build(TASK, [], interface()), build(TASK, [], interface())
    other = build(Task(TASK.text + "!", "dot_product"), [], interface())
    assert one.digest == same.digest == digest(one.messages)
    assert one.digest != other.digest
    assert len(one.digest) == 64


def test_the_budget_drops_the_least_similar_demo_then_the_answer_and_never_cuts() -> None:
    two = select(TASK, demos(), count=2, exclude=frozenset())
    two = two if len(two) == 2 else [*two, *select(Task("fir filter"), demos(), count=1)]
    code = "module dot_product;\n" + "  wire w;\n" * 40 + "endmodule\n"
    failure = Failure("lint: failed. w is declared twice", {"dot_product.v": code})
    sizes = []
    for chosen, told in ((two, failure), (two[:1], failure), ([], failure)):
        sizes.append(build(TASK, chosen, interface(), told, 10**6).tokens)
    assert list(build(TASK, two, interface(), failure, sizes[0]).demos) == [
        scored.demo.name for scored in two
    ]
    best = max(two, key=lambda scored: scored.score).demo.name
    assert list(build(TASK, two, interface(), failure, sizes[0] - 1).demos) == [best]
    assert not build(TASK, two, interface(), failure, sizes[1] - 1).demos
    afresh = build(TASK, two, interface(), failure, sizes[2] - 1)
    assert [m["role"] for m in afresh.messages] == ["system", "user"]
    assert "w is declared twice" in afresh.messages[1]["content"]
    for size in (*sizes, sizes[2] - 1):
        prompt = build(TASK, two, interface(), failure, size)
        assert prompt.tokens <= size
        assert all(m["content"].count("```") % 2 == 0 for m in prompt.messages)
    with pytest.raises(PromptTooLong, match="the budget is 50"):
        build(TASK, two, interface(), failure, 50)


def test_a_template_with_an_unknown_name_does_not_render() -> None:
    with pytest.raises(UndefinedError):
        render("{{ nothing_of_this_name }}", {"x": np.int64(1)})


def test_braces_in_a_request_are_text() -> None:
    text = "concatenate {{ a }} and {% b %}"
    assert text in build(Task(text), []).messages[1]["content"]


def test_a_testbench_tells_its_instances_and_nothing_else() -> None:
    bench = """module stimulus(output a); endmodule
module tb;
  // Old old (.x(a));
  Top #(.W(8), .D(f(2))) dut (
    .a(a), .q(q));
  stimulus s (.a(a));
  initial begin if (a) $display("Top x (.a(1));"); end
endmodule
"""
    assert unit_under_test(bench) == "Top"
    assert instantiations(bench) == ["Top #(.W(8), .D(f(2))) dut ( .a(a), .q(q));"]
    assert unit_under_test(bench.replace("stimulus(", "other(")) == ""


def test_modules_are_found_in_text_that_does_not_parse() -> None:
    found = modules("module a #(parameter W = 2) ();\n b x (.p(1));\n}}\nmodule b(input p);")
    assert [(m.name, m.portless, m.instances) for m in found] == [
        ("a", True, ("b",)),
        ("b", False, ()),
    ]
    assert roots(found) == ["a"]
    (ports,) = modules("module c #(parameter W = $clog2(8)) (input p, output q);\nendmodule")
    assert not ports.portless
