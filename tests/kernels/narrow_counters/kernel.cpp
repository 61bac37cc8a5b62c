// Words of reshaped arrays by counters that begin again: one of few bits, one that moves on now and then.
#include "ap_int.h"
typedef ap_int<8> Weight;

static void rows_first(const Weight x[16], const Weight w[16][16], int y[16]) {
    ap_uint<3> part = 0;
    int row = 0, sum = 0;
    for (int t = 0; t < 64; t++) {
#pragma HLS PIPELINE II=1
        for (int lane = 0; lane < 4; lane++) sum += x[part * 4 + lane] * w[row][part * 4 + lane];
        const bool last = part == 3;
        if (last) {
            y[row] = sum;
            sum = 0;
            row++;
        }
        part = last ? 0 : int(part) + 1;
    }
}

static void columns_first(const Weight x[16], const Weight w[16][16], int z[16]) {
    int part = 0, k = 0;
    int sums[4] = {0, 0, 0, 0};
#pragma HLS ARRAY_PARTITION variable=sums complete
    for (int t = 0; t < 64; t++) {
#pragma HLS PIPELINE II=1
        for (int lane = 0; lane < 4; lane++) sums[lane] += x[k] * w[k][part * 4 + lane];
        const bool last = k == 15;
        k = last ? 0 : k + 1;
        if (last) {
            for (int lane = 0; lane < 4; lane++) {
                z[part * 4 + lane] = sums[lane];
                sums[lane] = 0;
            }
            part = part == 3 ? 0 : part + 1;
        }
    }
}

void narrow_counters(const Weight x[16], const Weight w[16][16], int y[16], int z[16]) {
#pragma HLS ARRAY_RESHAPE variable=w cyclic factor=4 dim=2
#pragma HLS ARRAY_RESHAPE variable=x cyclic factor=4 dim=1
#pragma HLS ARRAY_PARTITION variable=z cyclic factor=4 dim=1
    rows_first(x, w, y);
    columns_first(x, w, z);
}
