"""The values of loop counters, by the tests that end their loops."""

import pytest

from tools.hls.counters import counters
from tools.hls.text import parse

LOOP = """function f returns 8
start:
  %0:8 = const #{first}
  %1:8 = const #{step}
  %2:8 = const #{bound}
  jump again
again: start again
  %3:8 = phi %0 %4
  %4:8 = add %3 %1
  %5:1 = {test} %{tested} %2
  branch %5 {ways} 0
end: again
  return %3
"""


@pytest.mark.parametrize(
    ("first", "step", "test", "tested", "bound", "goes_on", "span"),
    [
        (0, 1, "ult", 4, 12, True, (0, 11)),
        (0, 3, "ne", 4, 12, True, (0, 9)),
        (0, 1, "eq", 4, 12, False, (0, 11)),
        (0, 1, "eq", 3, 0, True, (0, 1)),
        (0, 1, "ne", 3, 0, False, (0, 1)),
        (5, 251, "eq", 4, 0, True, (0, 5)),
        (128, 255, "eq", 3, 128, True, None),
    ],
)
def test_a_counter_has_the_values_that_its_test_lets_by(
    first: int, step: int, test: str, tested: int, bound: int, goes_on: bool,
    span: tuple[int, int] | None,
) -> None:  # fmt: skip
    text = LOOP.format(
        first=first, step=step, test=test, tested=tested, bound=bound,
        ways="again end" if goes_on else "end again",
    )  # fmt: skip
    function = parse(text)
    assert counters(function, function.by_id()).get(3) == span
