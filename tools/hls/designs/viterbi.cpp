// Two steps of add, compare, select in a Viterbi decoder of four states, with renormalisation.
#include <stdint.h>

static uint16_t choose(uint16_t a, uint16_t b, uint8_t &taken) {
    taken = b < a;
    return b < a ? b : a;
}

void viterbi(uint16_t m0, uint16_t m1, uint16_t m2, uint16_t m3, uint8_t r0, uint8_t r1,
             uint8_t r2, uint8_t r3, uint16_t &o0, uint16_t &o1, uint16_t &o2, uint16_t &o3,
             uint8_t &path) {
    uint8_t history = 0;
    for (int i = 0; i < 2; i++) {
#pragma HLS UNROLL
        uint16_t x = i ? r2 : r0, y = i ? r3 : r1;
        uint16_t same = x + y, cross = (255 - x) + y, back = x + (255 - y);
        uint16_t far = (255 - x) + (255 - y);
        uint8_t t0, t1, t2, t3;
        uint16_t n0 = choose(m0 + same, m1 + far, t0), n1 = choose(m2 + cross, m3 + back, t1);
        uint16_t n2 = choose(m0 + far, m1 + same, t2), n3 = choose(m2 + back, m3 + cross, t3);
        bool high = (n0 & 0x4000) && (n1 & 0x4000) && (n2 & 0x4000) && (n3 & 0x4000);
        m0 = high ? n0 & 0x3fff : n0;
        m1 = high ? n1 & 0x3fff : n1;
        m2 = high ? n2 & 0x3fff : n2;
        m3 = high ? n3 & 0x3fff : n3;
        history = (history << 4) | (t0 << 3) | (t1 << 2) | (t2 << 1) | t3;
    }
    o0 = m0;
    o1 = m1;
    o2 = m2;
    o3 = m3;
    path = history;
}
