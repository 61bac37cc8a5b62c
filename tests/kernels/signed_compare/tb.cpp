#include <cstdlib>
#include "ap_int.h"
void signed_compare(const ap_int<33> a[16], const ap_int<33> b[16], ap_uint<13> y[16][5]);

static long cut(long x, int bits) { return x << (64 - bits) >> (64 - bits); }

int main() {
    const long ends[] = {0, 1, -1, 0xffffffffL, -0x100000000L, 127, -128, 2};
    const int widths[] = {33, 8, 3, 2, 1};
    int wrong = 0;
    for (int round = 0; round < 12; round++) {
        ap_int<33> a[16], b[16];
        ap_uint<13> y[16][5];
        long x[16], z[16];
        for (int i = 0; i < 16; i++) {
            x[i] = round < 6 ? ends[i % 8] : std::rand() * 5L - 0x100000000L;
            z[i] = round < 6 ? ends[(i + round + i / 8 * 3) % 8] : i % 3 ? x[i] : std::rand() - 0x40000000L;
            a[i] = x[i], b[i] = z[i];
        }
        signed_compare(a, b, y);
        for (int i = 0; i < 16; i++)
            for (int k = 0; k < 5; k++) {
                const long p = cut(x[i], widths[k]), q = cut(z[i], widths[k]);
                const long least = -(1L << (widths[k] - 1)), most = -least - 1;
                const bool all[] = {p < q, p <= q, p > q, p >= q, p < 0, p <= 0, p > 0, p >= 0,
                                    p <= -1, p > least, p < most, p <= least, p >= most};
                for (int n = 0; n < 13; n++) wrong += bool(y[i][k][n]) != all[n];
            }
    }
    return wrong != 0;
}
