// Samples of a decaying wave: hls::sin, std::exp, std::log and std::tanh in one loop.
#include "hls_math.h"
#include <cmath>
#define N 4

void oscillator(float frequency, float decay, float wave[N], float level[N]) {
samples:
    for (int n = 0; n < N; n++) {
#pragma HLS PIPELINE off
        const float t = float(n) * 0.25f;
        const float envelope = std::exp(-decay * t);
        wave[n] = envelope * hls::sin(6.2831855f * frequency * t);
        level[n] = std::log(envelope + 1.0f) + std::tanh(t);
    }
}
