// Numbers wider than 64 bits chosen by ?:, which LLVM copies from one of two places.
#include <ap_int.h>
void wide_choices(const ap_uint<128> x[16], const int sel[16], ap_uint<128> out[16], ap_int<200>& widest) {
    ap_uint<128> rows[4];
#pragma HLS ARRAY_PARTITION variable=rows complete
    ap_int<200> most[2] = {-1, 5};
    for (int r = 0; r < 4; r++) rows[r] = r;
    for (int n = 0; n < 16; n++) {
#pragma HLS PIPELINE II=1
        const ap_uint<128> fetched = x[n];
        for (int r = 0; r < 4; r++) {
#pragma HLS UNROLL
            rows[r] = sel[n] == r ? fetched : rows[r];
        }
        out[n] = (rows[0] ^ rows[1]) + rows[2] - rows[3];
        const ap_int<200> shifted = ap_int<200>(fetched) << 71;
        most[n & 1] = sel[n] & 4 ? shifted : most[(n + 1) & 1];
    }
    widest = most[0] - most[1];
}
