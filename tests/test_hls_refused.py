"""C++ that the HLS engine does not take, or warns of: each with a sentence, and its line."""

import pytest

from prompts.design import Design
from tools.hls.engine import hls
from tools.report import Report

REFUSED = {
    "recursion": (
        "int f(int n) {\n    return n < 2 ? n : f(n - 1) + f(n - 2);\n}\n"
        "int top(int n) { return f(n); }\n",
        "'f' calls itself", 4,
    ),
    "no body": ("int f(int n);\nint top(int n) {\n    return f(n);\n}\n", "no body here", 3),
    "any arguments": (
        "int f(int n, ...);\nint top(int n) {\n    return f(n, n);\n}\n",
        "any number of arguments", 3,
    ),
    "top in a class": (
        "struct Inner {\nint top(int n) {\n    return n;\n}\n};\n", "a member of 'Inner'", 2,
    ),
    "another name of a stream": (
        "#include <hls_stream.h>\nvoid top(hls::stream<int> &x, hls::stream<int> &y) {\n"
        "    hls::stream<int> &to = y;\n    to.write(x.read());\n}\n",
        "which way the stream 'y' goes", 4,
    ),
    "heap": (
        "#include <stdlib.h>\nint top(int n) {\n    int *p = (int *)malloc(40);\n"
        "    p[n & 7] = n;\n    int r = p[3];\n    free(p);\n    return r;\n}\n",
        "memory from malloc", 3,
    ),
    "container": (
        "#include <vector>\nint top(const int a[8], int n) {\n    std::vector<int> v;\n"
        "    for (int i = 0; i < n; i++) v.push_back(a[i]);\n    int s = 0;\n"
        "    for (int x : v) s = 3 * s + x;\n    return s;\n}\n",
        "memory from new or of a container", 4,
    ),
    "virtual functions": (
        "struct Base { virtual int f(int x) = 0; };\n"
        "struct A : Base { int f(int x) { return x + 1; } };\n"
        "struct B : Base { int f(int x) { return x * 2; } };\n"
        "int top(int k, int x) {\n    A a;\n    B b;\n    Base *p = k ? (Base *)&a : (Base *)&b;\n"
        "    return p->f(x);\n}\n",
        "virtual functions", 5,
    ),
    "function pointers": (
        "int a(int x) { return x + 1; }\nint b(int x) { return x * 2; }\n"
        "int top(int n, int w) {\n    int (*t[2])(int) = {a, b};\n    return t[w & 1](n);\n}\n",
        "tables of pointers", 5,
    ),
    "goto into a loop": (
        "int top(int n, const int a[8]) {\n    int t = 0, i = 0;\n    if (n & 1) goto mid;\n"
        "    for (i = 0; i < 8; i++) {\n        t += a[i];\n    mid:\n        t ^= i;\n    }\n"
        "    return t;\n}\n",
        "a goto leads into a loop", 4,
    ),
    "output": (
        '#include <cstdio>\nint top(int n) {\n    printf("%d", n);\n    return n;\n}\n',
        "put it into the testbench", 3,
    ),
    "assembler": ('int top(int n) {\n    asm volatile("nop");\n    return n;\n}\n', "assembler", 2),
    "no way out": (
        "int top(volatile int x[4]) {\n    int s = 0;\n    for (;;) x[s & 3] = s++;\n}\n",
        "no way out", 3,
    ),
    "beyond the end": (
        "int top(const int x[4]) {\n    return x[7];\n}\n", "4 elements, and number 7", 2,
    ),
    "pointer that stays": (
        "static int buf[8];\nstatic int *p = buf;\nint top(int n) {\n    *p = n;\n"
        "    p = p == buf + 7 ? buf : p + 1;\n    return buf[0];\n}\n",
        "'p' keeps its value from call to call", 0,
    ),
    "long double": ("long double top(long double n) { return n * 2; }\n", "float and double", 0),
    "array without a size": (
        "int top(int n, int m) {\n    int a[n];\n    for (int i = 0; i < n; i++) a[i] = i * m;\n"
        "    int s = 0;\n    for (int i = 0; i < n; i++) s += a[i] * a[n - 1 - i];\n"
        "    return s;\n}\n",
        "size of an array is not constant", 2,
    ),
    "code before main": (
        "int f();\nstatic int k = f();\nint top(int n) { return n + k; }\n", "before main", 0,
    ),
    "syntax": ("int top(int n) {\n    return n + ;\n}\n", "expected expression", 2),
    "copy of any size": (
        "#include <cstring>\nvoid top(const char a[64], char b[64], int n) {\n"
        "    memcpy(b, a, n);\n}\n",
        "size is not constant", 3,
    ),
}  # fmt: skip

WARNED = {
    "past the end": (
        "int top(const int x[8]) {\n    int s = 0;\n    for (int i = 0; i <= 8; i++) {\n"
        "        s += x[i];\n    }\n    return s;\n}\n",
        "'x' has 8 elements, and this loop uses number 8", 4,
    ),
    "before the beginning": (
        "void top(const int x[32][4], int y[32]) {\n    for (int i = 0; i < 32; i++)\n"
        "        for (int j = 0; j < 4; j++)\n            y[i - 1] = x[i][j];\n}\n",
        "'y' has 32 elements, and this loop uses number -1", 4,
    ),
    "interval": (
        "int top(const int x[64]) {\n    int s = 1;\n    for (int i = 0; i < 64; i++) {\n"
        "#pragma HLS PIPELINE II=1\n        s = s * x[i] % 1009;\n    }\n    return s;\n}\n",
        "II=1 was asked", 3,
    ),
    "array that is not there": (
        "void top(const int x[4], int y[4]) {\n#pragma HLS ARRAY_PARTITION variable=nope complete\n"
        "    for (int i = 0; i < 4; i++) y[i] = x[i];\n}\n",
        "no array 'nope'", 2,
    ),
    "argument that is not there": (
        "void top(const int x[4], int y[4]) {\n#pragma HLS INTERFACE s_axilite port=zz\n"
        "    for (int i = 0; i < 4; i++) y[i] = x[i];\n}\n",
        "no argument 'zz'", 2,
    ),
    "unknown pragma": (
        "int top(int n) {\n#pragma HLS FROBNICATE\n    return n;\n}\n", "not known", 2,
    ),
    "misspelled word": (
        "int top(const int x[8]) {\n    int s = 0;\n    for (int i = 0; i < 8; i++) {\n"
        "#pragma HLS UNROLL facotr=4\n        s += x[i];\n    }\n    return s;\n}\n",
        "'factor' is meant", 4,
    ),
    "no number": (
        "int top(const int x[8]) {\n    int s = 0;\n    for (int i = 0; i < 8; i++) {\n"
        "#pragma HLS PIPELINE II=0\n        s += x[i];\n    }\n    return s;\n}\n",
        "a number above 0", 4,
    ),
    "pragma by an operator": (
        "int top(const int x[8]) {\n    int s = 1;\n    for (int i = 0; i < 8; i++) {\n"
        '_Pragma("HLS PIPELINE II=1")\n        s = s * x[i] % 1009;\n    }\n    return s;\n}\n',
        "II=1 was asked, and", 3,
    ),
    "pragma by a macro": (
        "#define SUB(x) _Pragma(#x)\n#define DO_PRAGMA(x) SUB(x)\n#define FACTOR 1\n"
        "int top(const int x[8]) {\n    int s = 1;\n    for (int i = 0; i < 8; i++) {\n"
        "DO_PRAGMA(HLS PIPELINE II=FACTOR)\n        s = s * x[i] % 1009;\n    }\n"
        "    return s;\n}\n",
        "II=1 was asked, and", 6,
    ),
    "loop beside its function": (
        "int top(const int x[8]) { int s = 1; for (int i = 0; i < 8; i++) {\n"
        "#pragma HLS PIPELINE II=1\n    s = s * x[i] % 1009; }\n    return s;\n}\n",
        "II=1 was asked, and", 1,
    ),
    "calls that do not overlap": (
        "int top(const int x[64], int n) {\n#pragma HLS PIPELINE II=1\n    int s = 0;\n"
        "    for (int i = 0; i < n; i++) s += x[i];\n    return s;\n}\n",
        "calls do not overlap: the loop at line 4 has no constant number of iterations", 2,
    ),
    "calls that come more slowly": (
        "int top(unsigned char x) {\n#pragma HLS PIPELINE\n    static int count[256];\n"
        "    return ++count[x];\n}\n",
        "II=1 was asked between calls, and", 2,
    ),
    "calls whose last beat is not known": (
        "#include <hls_stream.h>\nvoid top(hls::stream<int> &x, hls::stream<int> &y) {\n"
        "#pragma HLS PIPELINE II=1\n    int v = x.read();\n    if (v > 0) y.write(v);\n}\n",
        "calls do not overlap: it depends on the data which beat of 'y' is a call's last", 3,
    ),
    "compiler's": ("int top(int n) {\n    return n / 0;\n}\n", "division by zero", 2),
}  # fmt: skip


def synthesised(text: str) -> Report:
    return hls(Design({"kernel.cpp": text}, "top"))


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_not_taken_is_refused_at_its_line(name: str) -> None:
    text, words, line = REFUSED[name]
    report = synthesised(text)
    assert report.status == "failed", report.text()
    assert words in report.summary
    assert report.diagnostics[0].severity == "error"
    assert report.diagnostics[0].line == line


@pytest.mark.parametrize("name", sorted(WARNED))
def test_what_is_not_heeded_is_warned_of_at_its_line(name: str) -> None:
    text, words, line = WARNED[name]
    report = synthesised(text)
    assert report.passed, report.text()
    found = [d for d in report.diagnostics if words in d.message]
    assert [(d.severity, d.line) for d in found] == [("warning", line)]


def test_a_table_made_by_the_compiler_is_a_constant() -> None:
    text = (
        "struct Table {\n    int values[4];\n    constexpr Table() : values() {\n"
        "        for (int i = 0; i < 4; i++) values[i] = 7 * i;\n    }\n};\n"
        "static constexpr Table table;\nstatic int base = 3;\nstatic const int twice = 2 * base;\n"
        "int top(int n) { return table.values[n & 3] + twice; }\n"
    )
    report = synthesised(text)
    assert report.passed, report.text()
    assert "'d21;" in report.artifacts["kernel.v"].read_text()
