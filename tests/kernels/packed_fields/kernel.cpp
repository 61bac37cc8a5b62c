// Bit fields that share bytes, in arrays of structures, streams and scalars.
#include "hls_stream.h"
#include <cstdint>

enum class Code : uint8_t { add, take, keep };

struct Step {
    Code code;
    uint8_t a : 4, b : 3;
    int16_t near : 5, far : 11;
    uint32_t flag : 1;
    uint32_t word : 30;
};

struct Pair {
    uint8_t low : 3, high : 5;
    int8_t rest;
};

int packed_fields(Step steps[12], hls::stream<Pair> &in, hls::stream<Pair> &out, Pair one, Pair &last) {
    int total = 0;
    for (int i = 0; i < 12; i++) {
        Step &step = steps[i];
        if (step.code == Code::add) total += step.a * 100 + step.b;
        if (step.code == Code::take) total -= step.near * step.far + int(step.word);
        step.b = total;
        step.far = step.near - i;
        step.flag ^= 1;
        Pair pair = in.read();
        pair.high += one.low;
        pair.low ^= pair.high;
        pair.rest -= one.rest;
        out.write(pair);
        last = pair;
    }
    return total;
}
