// Bit fields that share bytes, in arrays of structures, streams and scalars.
#include "kernel.h"

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
