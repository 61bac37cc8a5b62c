// A FIR filter from a template over its taps and types, with an unrolled loop within.
#include "ap_int.h"

template <int TAPS, class Sample, class Sum>
static Sum filter(const Sample window[TAPS], const Sample taps[TAPS]) {
#pragma HLS INLINE
    Sum sum = 0;
    for (int t = 0; t < TAPS; t++) {
#pragma HLS UNROLL
        sum += window[t] * taps[t];
    }
    return sum;
}

void template_fir(const ap_int<10> x[32], const ap_int<10> h[5], ap_int<24> y[32]) {
    ap_int<10> window[5] = {0, 0, 0, 0, 0};
    ap_int<10> taps[5];
#pragma HLS ARRAY_PARTITION variable=window complete
#pragma HLS ARRAY_PARTITION variable=taps complete
    for (int t = 0; t < 5; t++) taps[t] = h[t];
    for (int n = 0; n < 32; n++) {
#pragma HLS PIPELINE II=1
        for (int t = 4; t > 0; t--) window[t] = window[t - 1];
        window[0] = x[n];
        y[n] = filter<5, ap_int<10>, ap_int<24> >(window, taps);
    }
}
