// Arrays of bytes, of half and of double words behind an AXI4-Lite slave, and one scalar each way.
#include "ap_int.h"
#include <cstdint>

void lite_memory(const uint8_t in[40], int16_t mixed[10], ap_int<36> wide[6], int n, int &sum) {
#pragma HLS INTERFACE s_axilite port=in bundle=CTRL
#pragma HLS INTERFACE s_axilite port=mixed bundle=CTRL
#pragma HLS INTERFACE s_axilite port=wide bundle=CTRL
#pragma HLS INTERFACE s_axilite port=n bundle=CTRL
#pragma HLS INTERFACE s_axilite port=sum bundle=CTRL
#pragma HLS INTERFACE s_axilite port=return bundle=CTRL
    int total = 0;
    for (int i = 0; i < n; i++) {
#pragma HLS LOOP_TRIPCOUNT min=1 max=40
        total += in[i];
        if (i < 10) mixed[i] -= in[i];
    }
    for (int i = 0; i < 6; i++) wide[i] = ap_int<36>(total) * (i - 3) << 16;
    sum = total;
}
