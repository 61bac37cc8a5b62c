// Fixed point with rounding and saturation, and results that keep all bits in between.
#include "ap_fixed.h"

typedef ap_fixed<12, 4> in_t;
typedef ap_fixed<10, 4, AP_RND, AP_SAT> out_t;

void fixed_scale(const in_t x[20], in_t gain, in_t offset, out_t y[20]) {
    for (int i = 0; i < 20; i++) {
#pragma HLS PIPELINE
        y[i] = x[i] * gain + offset;
    }
}
