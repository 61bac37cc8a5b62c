// Half a column of an AES round: an S-box in logic (inversion by powers in the field), the mixing
// with its neighbour, which is substituted already, and the key.
#include <stdint.h>

static uint8_t twice(uint8_t x) { return (uint8_t)((x << 1) ^ (x & 0x80 ? 0x1b : 0)); }

static uint8_t times(uint8_t a, uint8_t b) {
    uint8_t sum = 0;
    for (int i = 0; i < 8; i++) {
#pragma HLS UNROLL
        sum ^= (b >> i) & 1 ? a : 0;
        a = twice(a);
    }
    return sum;
}

static uint8_t squared(uint8_t x) {
    uint16_t s = (x & 1) | (x & 2) << 1 | (x & 4) << 2 | (x & 8) << 3;
    uint8_t low = s ^ ((x >> 4) & 1 ? 0x1b : 0) ^ ((x >> 5) & 1 ? 0x6c : 0);
    return low ^ ((x >> 6) & 1 ? 0xab : 0) ^ (x >> 7 ? 0x9a : 0);
}

static uint8_t substitute(uint8_t x) {
    uint8_t x2 = squared(x), x3 = times(x2, x), x12 = squared(squared(x3)), x15 = times(x12, x3);
    uint8_t x240 = squared(squared(squared(squared(x15))));
    uint8_t y = times(times(x240, x12), x2);
    uint8_t turned = y ^ (uint8_t)(y << 1 | y >> 7) ^ (uint8_t)(y << 2 | y >> 6) ^
                     (uint8_t)(y << 3 | y >> 5) ^ (uint8_t)(y << 4 | y >> 4);
    return turned ^ 0x63;
}

void aes(uint8_t a, uint8_t sb, uint8_t key, uint8_t &oa, uint8_t &ob) {
    uint8_t sa = substitute(a);
    oa = twice(sa) ^ twice(sb) ^ sb ^ key;
    ob = sa ^ twice(sb) ^ key;
}
