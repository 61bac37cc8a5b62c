// How many ones a word has, the place of the first one, and the longest run of ones up to 6.
#include <stdint.h>

static uint32_t nibble(uint32_t x) { return (x & 1) + (x >> 1 & 1) + (x >> 2 & 1) + (x >> 3 & 1); }

static uint32_t byte(uint32_t x) { return nibble(x & 15) + nibble(x >> 4 & 15); }

void bits(uint32_t x, uint8_t &ones, uint8_t &first, uint8_t &run) {
    ones = (byte(x) + byte(x >> 8)) + (byte(x >> 16) + byte(x >> 24));
    uint32_t y = x, place = 0;
    for (int step = 16; step > 0; step >>= 1) {
#pragma HLS UNROLL
        bool empty = (y & ((1u << step) - 1)) == 0;
        y = empty ? y >> step : y;
        place += empty ? step : 0;
    }
    first = place;
    uint32_t longest = 0;
    for (int n = 0; n < 6; n++) {
#pragma HLS UNROLL
        longest += x != 0;
        x &= x >> 1;
    }
    run = longest;
}
