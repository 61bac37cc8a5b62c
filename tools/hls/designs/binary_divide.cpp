// Restoring division of 16 by 16 bits, unrolled.
#include <stdint.h>

void binary_divide(uint16_t n, uint16_t d, uint16_t &quotient, uint16_t &remainder) {
    uint32_t rest = 0;
    uint16_t q = 0;
    for (int i = 15; i >= 0; i--) {
#pragma HLS UNROLL
        rest = (rest << 1) | ((n >> i) & 1);
        uint32_t less = rest - d;
        bool fits = rest >= d;
        rest = fits ? less : rest;
        q |= fits << i;
    }
    quotient = q;
    remainder = rest;
}
