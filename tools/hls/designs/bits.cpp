// How many ones a word has, and the place of the first one.
#include <stdint.h>

void bits(uint32_t x, uint8_t &ones, uint8_t &first) {
    uint32_t c = x - ((x >> 1) & 0x55555555u);
    c = (c & 0x33333333u) + ((c >> 2) & 0x33333333u);
    c = (c + (c >> 4)) & 0x0f0f0f0fu;
    c = c + (c >> 8);
    c = c + (c >> 16);
    uint32_t place = 0;
    for (int step = 16; step > 0; step >>= 1) {
#pragma HLS UNROLL
        bool empty = (x & ((1u << step) - 1)) == 0;
        x = empty ? x >> step : x;
        place += empty ? step : 0;
    }
    ones = c & 63;
    first = place;
}
