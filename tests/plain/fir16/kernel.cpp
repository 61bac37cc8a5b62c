// FIR filter of 16 taps over 256 samples.
#include <cstdint>
void fir16(const int16_t x[256], const int16_t h[16], int32_t y[256]) {
    int16_t past[16] = {};
    for (int n = 0; n < 256; n++) {
        for (int k = 15; k > 0; k--) past[k] = past[k - 1];
        past[0] = x[n];
        int32_t sum = 0;
        for (int k = 0; k < 16; k++) sum += past[k] * h[k];
        y[n] = sum;
    }
}
