// The softmax of a row: exponentials over their sum.
#include <cmath>
#define N 8

void float_softmax(const float x[N], float y[N]) {
    float largest = x[0];
largest:
    for (int i = 1; i < N; i++) largest = std::fmax(largest, x[i]);
    float sum = 0;
powers:
    for (int i = 0; i < N; i++) {
        y[i] = std::exp(x[i] - largest);
        sum += y[i];
    }
shares:
    for (int i = 0; i < N; i++) y[i] /= sum;
}
