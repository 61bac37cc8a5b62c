"""The values of loop counters, by the tests that end their loops."""

import pytest

from tools.hls.counters import counters
from tools.hls.restarts import restarting
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


AROUND = """function f returns 8
start:
  %0:8 = const #{first}
  %1:8 = const #{step}
  %2:8 = const #{bound}
  %3:8 = const #{again}
  jump round
round: start {latch}
  %4:8 = phi %0 %7
  %5:8 = add %4 %1
  %6:1 = eq %{tested} %2
{rest}
end: {latch}
  return %4
"""
CHOSEN = "  %7:8 = select %6 %3 %5\n  %8:1 = input @go\n  branch %8 round end 0"
BRANCHED = """  branch %6 first join 0
first: round
  jump join
join: first round
  %7:8 = phi %3 %5
  %8:1 = input @go
  branch %8 round end 0"""


@pytest.mark.parametrize("rest", [CHOSEN, BRANCHED])
@pytest.mark.parametrize(
    ("first", "step", "tested", "bound", "again", "span"),
    [
        (0, 1, 4, 2, 0, (0, 2)),
        (0, 1, 5, 3, 0, (0, 2)),
        (6, 3, 4, 9, 0, (0, 9)),
        (0, 3, 4, 10, 0, None),
        (3, 1, 4, 2, 0, None),
        (0, 1, 4, 2, 3, None),
        (0, 255, 4, 2, 0, None),
    ],
)
def test_a_counter_that_begins_again_stays_below_where_it_does(
    rest: str, first: int, step: int, tested: int, bound: int, again: int,
    span: tuple[int, int] | None,
) -> None:  # fmt: skip
    latch = "round" if rest == CHOSEN else "join"
    function = parse(
        AROUND.format(
            first=first, step=step, tested=tested, bound=bound, again=again, rest=rest, latch=latch
        )
    )
    assert restarting(function, function.by_id()).get(4) == span


NARROW = """function f returns 8
start:
  %0:8 = const #0
  %1:8 = const #1
  %2:8 = const #{bound}
  %3:8 = const #{mask}
  jump round
round: start round
  %4:8 = phi %0 %11
  %5:32 = zext %4
  %6:32 = const #1
  %7:32 = add %5 %6
  %8:8 = trunc %7
  %9:8 = and %8 %3
  %10:1 = eq %4 %2
  %12:8 = select %10 %0 %9
  %13:1 = input @turn
  %11:8 = select %13 %12 %4
  %14:1 = input @go
  branch %14 round end 0
end: round
  return %4
"""


@pytest.mark.parametrize(("bound", "mask", "span"), [(3, 7, (0, 3)), (7, 7, (0, 7)), (9, 7, None)])
def test_a_counter_of_few_bits_that_moves_on_now_and_then_stays_below_its_last(
    bound: int, mask: int, span: tuple[int, int] | None
) -> None:
    function = parse(NARROW.format(bound=bound, mask=mask))
    assert restarting(function, function.by_id()).get(4) == span
