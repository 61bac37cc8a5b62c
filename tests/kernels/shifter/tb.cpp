#include "ap_int.h"
#include <cstdint>
void shifter(ap_int<24> a, ap_uint<24> b, ap_uint<5> n, ap_int<24> out[5]);

static int32_t low(int64_t v) { return int32_t(uint32_t(v) << 8) >> 8; }

int main() {
    int wrong = 0;
    const int64_t values[] = {0, 1, -1, 8388607, -8388608, 1234567};
    for (int64_t a : values)
        for (int n = 0; n < 32; n++) {
            ap_int<24> out[5];
            const uint64_t b = uint64_t(a) & 0xFFFFFF;
            shifter(a, b, n, out);
            wrong += out[0] != low(a << n) || out[1] != low(a >> n) || out[2] != low(b >> n);
            wrong += out[3] != low(n < 24 ? b << n | b >> (24 - n) : b);
            wrong += out[4] != low((a << 20) >> n);
        }
    return wrong;
}
