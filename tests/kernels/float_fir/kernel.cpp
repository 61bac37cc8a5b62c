// A filter of four taps over samples, each tap with a multiplier of its own.
#define TAPS 4
#define N 12

void float_fir(const float x[N], float y[N]) {
    static const float tap[TAPS] = {0.125f, -0.5f, 1.0f, 0.375f};
    float line[TAPS] = {0, 0, 0, 0};
samples:
    for (int n = 0; n < N; n++) {
        float sum = 0;
        for (int k = TAPS - 1; k > 0; k--) {
#pragma HLS UNROLL
            line[k] = line[k - 1];
        }
        line[0] = x[n];
        for (int k = 0; k < TAPS; k++) {
#pragma HLS UNROLL
            sum += line[k] * tap[k];
        }
        y[n] = sum;
    }
}
