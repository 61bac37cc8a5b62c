// Addition of two floats without subnormals, infinities and rounding: align, add, normalise.
#include <stdint.h>

uint32_t fpadd(uint32_t a, uint32_t b) {
    bool swapped = (b & 0x7fffffffu) > (a & 0x7fffffffu);
    uint32_t big = swapped ? b : a;
    uint32_t small = swapped ? a : b;
    uint32_t eb = (big >> 23) & 255, es = (small >> 23) & 255;
    uint32_t mb = (eb ? 0x800000u : 0u) | (big & 0x7fffffu);
    uint32_t ms = (es ? 0x800000u : 0u) | (small & 0x7fffffu);
    uint32_t distance = eb - es;
    uint32_t aligned = distance > 24 ? 0u : ms >> (distance & 31);
    uint32_t sum = (big ^ small) >> 31 ? mb - aligned : mb + aligned;
    uint32_t e = eb;
    if (sum >> 24) {
        sum >>= 1;
        e += 1;
    }
    for (int step = 16; step > 0; step >>= 1) {
#pragma HLS UNROLL
        if (sum >> (24 - step) == 0 && e > (uint32_t)step) {
            sum <<= step;
            e -= step;
        }
    }
    uint32_t packed = (big & 0x80000000u) | ((e & 255) << 23) | (sum & 0x7fffffu);
    return sum ? packed : 0u;
}
