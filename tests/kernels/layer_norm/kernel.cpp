// Layer normalisation of a row: its mean, its variance, and the root of that.
#include <cmath>
#define N 8

void layer_norm(const float x[N], const float gain[N], const float bias[N], float y[N]) {
    float sum = 0, squares = 0;
sums:
    for (int i = 0; i < N; i++) {
        sum += x[i];
        squares += x[i] * x[i];
    }
    const float mean = sum / N, variance = squares / N - mean * mean;
    const float scale = 1.0f / std::sqrt(variance + 1e-5f);
rows:
    for (int i = 0; i < N; i++) y[i] = (x[i] - mean) * scale * gain[i] + bias[i];
}
