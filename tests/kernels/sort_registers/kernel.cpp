// An odd-even sorting network on eight registers, in place.
#include <cstdint>

static void order(int16_t &low, int16_t &high) {
#pragma HLS INLINE
    if (high < low) {
        const int16_t moved = low;
        low = high;
        high = moved;
    }
}

void sort_registers(int16_t v[8]) {
#pragma HLS ARRAY_PARTITION variable=v complete
    for (int round = 0; round < 8; round++) {
#pragma HLS UNROLL
        for (int i = 0; i < 7; i++) {
#pragma HLS UNROLL
            if (i % 2 == round % 2) order(v[i], v[i + 1]);
        }
    }
}
