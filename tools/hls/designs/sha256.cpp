// Two rounds of SHA-256, the message words with their constants given.
#include <stdint.h>

static uint32_t rotate(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }

void sha256(uint32_t a, uint32_t b, uint32_t c, uint32_t d, uint32_t e, uint32_t f, uint32_t g,
            uint32_t h, uint32_t w0, uint32_t w1, uint32_t &oa, uint32_t &ob, uint32_t &oc,
            uint32_t &od, uint32_t &oe, uint32_t &of, uint32_t &og, uint32_t &oh) {
    const uint32_t k[2] = {0x428a2f98u, 0x71374491u};
    const uint32_t w[2] = {w0, w1};
    for (int i = 0; i < 2; i++) {
#pragma HLS UNROLL
        uint32_t s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i];
        uint32_t s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    oa = a;
    ob = b;
    oc = c;
    od = d;
    oe = e;
    of = f;
    og = g;
    oh = h;
}
