"""`hls_half.h` against numpy's float16."""

import subprocess
from pathlib import Path

import numpy as np
from with_headers import build

HALVES = """
#include <stdio.h>
#include "hls_half.h"
int main() {
  unsigned x, y;
  double d;
  while (scanf("%u %u %lf", &x, &y, &d) == 3) {
    half a = half::of_bits(x), b = half::of_bits(y), c = a;
    c += b;
    const half all[] = {c, a - b, a * b, a / b, hls::sqrt(a), -a, half(d), half(float(d)),
                        half(int(x) - 9), a + 1};
    for (half h : all) printf("%d ", h.to_bits());
    printf("%d %d %d %a\\n", a < b, a == b, a >= 0.5f, double(a * 1.5f));
  }
}
"""


def test_halves_are_those_of_numpy(tmp_path: Path) -> None:
    source = np.random.default_rng(3)
    x, y = source.integers(0, 1 << 16, (2, 4000)).astype(np.uint16)
    x[:8], y[:8] = [0, 1, 0x8000, 0x7C00, 0xFC00, 0x3FF, 0x400, 0x7BFF], [1, 1, 0, 0x7C00] * 2
    d = source.normal(size=4000) * 2.0 ** source.integers(-28, 18, 4000)
    d[:5] = [2.0**-25, 2.0**-24 * 1.5, 65519.9, 65520, 1 + 2.0**-11 + 2.0**-40]
    program = build(tmp_path, HALVES)
    told = "".join(f"{a} {b} {v!r}\n" for a, b, v in zip(x, y, d.tolist(), strict=True))
    done = subprocess.run(program, input=told, capture_output=True, text=True, check=True)
    a, b = x.view(np.float16), y.view(np.float16)
    with np.errstate(all="ignore"):
        whole = (x.astype(np.int64) - 9).astype(np.float16)
        results = [a + b, a - b, a * b, a / b, np.sqrt(a), -a, d.astype(np.float16)]
        results += [d.astype(np.float32).astype(np.float16), whole, a + np.float16(1)]
        wider = a.astype(np.float32) * np.float32(1.5)
    rows = [line.split() for line in done.stdout.splitlines()]
    assert len(rows) == len(x)
    given = np.array([row[:10] for row in rows], np.uint16).view(np.float16)
    np.testing.assert_array_equal(given, np.array(results).T)
    assert [row[10:13] for row in rows] == [
        [str(int(t)) for t in one] for one in zip(a < b, a == b, a >= 0.5, strict=True)
    ]
    floats = np.array([float.fromhex(row[13]) for row in rows], np.float32)
    np.testing.assert_array_equal(floats, wider)
