// The two functions of LZ4 that Verilator's FST writer calls, without compression: a block of
// literals alone, which every reader of the format takes.
#pragma once
#include <cstring>

inline int LZ4_compressBound(int size) { return size + size / 255 + 16; }
inline int LZ4_compress_default(const char *from, char *to, int size, int) {
    char *out = to;
    *out++ = char((size < 15 ? size : 15) << 4);
    if (size >= 15) {
        int left = size - 15;
        for (; left >= 255; left -= 255) *out++ = char(255);
        *out++ = char(left);
    }
    memcpy(out, from, size);
    return int(out - to) + size;
}
