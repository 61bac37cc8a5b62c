"""The library's page: cards of all kernels, and a kernel's own page that follows its parameters."""

from pages import shown, words

import db
from app.block_diagram import block_diagram
from app.charts_pace import Pace, cycles_against_bound
from app.engine import engine
from app.library.figures import measured_of
from prompts.demos import demos
from prompts.kernels import kernel_named


def test_every_kernel_has_a_card() -> None:
    text = words(shown("library"))
    for demo in demos().values():
        assert demo.title in text
    assert "Cycles against the bound" in text


def test_kernels_are_found_by_what_people_call_them() -> None:
    page = shown("library")
    page.text_input(key="library-find").input("nn.Softmax").run()
    text = words(page)
    assert "Softmax over rows" in text and "Dot product" not in text
    page.text_input(key="library-find").input("a brewery").run()
    assert "No kernel of the library is about 'a brewery'" in words(page)


def test_an_unknown_kernel_is_said_and_the_others_shown() -> None:
    text = words(shown("library", kernel="brewery"))
    assert "The library has no kernel 'brewery'" in text and "Dot product" in text


def test_a_kernel_follows_its_parameters() -> None:
    page = shown("library", kernel="dot_product")
    demo = demos()["dot_product"]
    changed = demo.settle({"length": 512, "lanes": 4})
    assert demo.instruction(demo.settle()) in words(page)
    page.number_input(key="entry-dot_product-length").set_value(512)
    page.number_input(key="entry-dot_product-lanes").set_value(4).run()
    text = words(page)
    assert demo.instruction(changed) in text
    assert f"At least {demo.lower_bound(changed)} cycles a call" in text


def test_settings_that_do_not_fit_are_told() -> None:
    page = shown("library", kernel="rmsnorm")
    page.number_input(key="entry-rmsnorm-lanes").set_value(3).run()
    (error,) = page.error
    assert "multiple of 3 lanes" in error.value
    assert not [button for button in page.button if button.label == "Design this"]


def test_a_kernel_is_designed_from_its_page() -> None:
    page = shown("library", kernel="dot_product")
    page.number_input(key="entry-dot_product-lanes").set_value(2)
    next(button for button in page.button if button.label == "Design this").click().run()
    (run,) = db.runs(engine(), db.RunFilter(kernel=""))
    request = db.requested(engine(), run.id)
    assert (request.kernel, request.parameters["lanes"]) == ("dot_product", 2)
    assert request.session == run.session_id is not None


def test_block_diagrams_have_the_ports_of_the_settings() -> None:
    demo = demos()["dot_product"]
    drawing = block_diagram(demo, demo.settle({"lanes": 4}))
    assert "a: memory, 32 bit" in drawing and "adder tree" in drawing
    chain = kernel_named("linear+activation")
    drawing = block_diagram(chain, chain.settle())
    assert "x: stream" in drawing and ">linear<" in drawing


def test_the_plot_has_a_mark_for_each_way_and_size() -> None:
    chart = cycles_against_bound([Pace("FIR", "HLS", "small", 120, 100)])
    assert [list(trace.x) for trace in chart.data if len(trace.x)] == [[1.2]]
    assert [trace.name for trace in chart.data if len(trace.x)] == ["HLS, small"]


def test_what_was_measured_is_told_by_configuration_and_way() -> None:
    found = [m for demo in demos().values() for m in measured_of(demo)]
    assert {(m.size, m.way) for m in found} >= {("small", "Verilog"), ("scaled", "HLS")}
    assert all(m.figures["cycles"] >= m.bound * 0.9 for m in found)
