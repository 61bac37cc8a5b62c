#include "ap_int.h"
#include <stdint.h>

// Long sums, products and masks in one expression or one unrolled loop each.
void sums(const int16_t a[64], const int8_t b[64], uint8_t low, int32_t r[5]) {
#pragma HLS ARRAY_RESHAPE variable=a cyclic factor=8 dim=1
#pragma HLS ARRAY_RESHAPE variable=b cyclic factor=8 dim=1
    int32_t dot = 0, above = 0, mixed = 100;
    uint32_t mask = 0, product = 1;
    int8_t wrapped = 0;
dots:
    for (int i = 0; i < 64; i += 8) {
#pragma HLS PIPELINE II=1
        for (int j = 0; j < 8; j++) {
#pragma HLS UNROLL
            dot += a[i + j] * b[i + j];
            if (b[i + j] > (int)low) above += a[i + j];
            if (b[i + j] < 0) mixed -= a[i + j];
            else mixed += b[i + j];
            mask ^= (uint32_t)(a[i + j] * 77);
            wrapped += b[i + j];  // eight bits, in which it wraps around
        }
    }
products:
    for (int i = 0; i < 64; i += 4) {
        uint32_t part = (a[i] | 1) * (a[i + 1] | 1) * (a[i + 2] | 3) * (a[i + 3] | 5);
        product = product * 3 + (part - b[i] - b[i + 1] - b[i + 2] - b[i + 3]);
    }
    r[0] = dot;
    r[1] = above;
    r[2] = mixed;
    r[3] = mask ^ product;
    r[4] = wrapped;
}
