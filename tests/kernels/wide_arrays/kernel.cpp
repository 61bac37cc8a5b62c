// Arrays of wide words: parts at varying places, a table, one that is kept, and one in registers.
#include "ap_int.h"

typedef ap_uint<200> u200;
typedef ap_int<130> s130;
typedef ap_uint<128> u128;
typedef ap_int<95> s95;
static const u200 rom[4] = {u200(1) << 199, 5, u200(7) << 100, (u200(1) << 64) + 3};
int wide_arrays(const ap_uint<128> x[8], ap_int<130> y[8], const unsigned char at[8]) {
    u200 a[8];
    s130 b[8];
#pragma HLS ARRAY_PARTITION variable=b complete
    u128 c[8];
    s95 d[8];
    static u200 kept[4];
    int total = 0;
    for (int i = 0; i < 8; i++) {
        a[i] = u200(x[i]) << (at[i] & 63);
        b[i] = y[i] - 5;
        c[i] = x[7 - i];
        d[i] = y[i];
    }
    for (int i = 0; i < 8; i++) {
        int k = at[i];
        a[i][k % 200] = i & 1;
        b[k & 7].range(99, 60) = c[i].range(40, 1);
        total += a[k & 7][(k >> 1) % 200] + b[i][(k * 3) % 130] + c[i][k & 127];
        total += d[i][70];
        kept[i & 3] = kept[i & 3] ^ rom[k & 3];
        total += kept[k & 3][k % 150];
    }
    for (int i = 0; i < 8; i++) y[i] = b[i] + d[i] + s130(kept[i & 3]);
    return total;
}
