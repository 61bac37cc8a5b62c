// Rows of a reshaped array at indices out of a list: a whole word is read, whatever the index may be.
#include <ap_int.h>
void listed_rows(const ap_int<8> x[2][13][6], const ap_uint<4> list[2][5], ap_int<12> out[2][5]) {
#pragma HLS ARRAY_RESHAPE variable=x complete dim=3
    for (int h = 0; h < 2; h++) {
        for (int n = 0; n < 5; n++) {
#pragma HLS PIPELINE II=1
            ap_int<12> sum = 0;
            for (int i = 0; i < 6; i++) {
#pragma HLS UNROLL
                sum += x[h][list[h][n]][i];
            }
            out[h][n] = sum;
        }
    }
}
