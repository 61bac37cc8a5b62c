// Rows of a reshaped array at indices that are kept within it by a choice.
#include <ap_int.h>
void clamped_rows(const ap_int<8> x[8][8], const int rows[32], ap_uint<64> out[32]) {
#pragma HLS ARRAY_RESHAPE variable=x complete dim=2
    for (int n = 0; n < 32; n++) {
#pragma HLS PIPELINE II=1
        const int row = rows[n];
        const bool inside = row >= 0 && row < 8;
        const int near = row > 7 ? 7 : row < 1 ? 0 : row;
        ap_uint<64> all = 0;
        for (int i = 0; i < 8; i++) {
#pragma HLS UNROLL
            all.range(i * 8 + 7, i * 8) = x[inside ? row : 3][i] - x[near][i];
        }
        out[n] = row != 5 ? all : ap_uint<64>(row);
    }
}
