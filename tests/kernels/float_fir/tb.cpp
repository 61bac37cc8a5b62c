#include <cmath>
void float_fir(const float x[12], float y[12]);

int main() {
    float x[12], y[12];
    for (int i = 0; i < 12; i++) x[i] = (i * 37 % 11) / 7.0f - 0.5f;
    float_fir(x, y);
    const double tap[4] = {0.125, -0.5, 1, 0.375};
    int wrong = 0;
    for (int n = 0; n < 12; n++) {
        double sum = 0;
        for (int k = 0; k < 4 && k <= n; k++) sum += tap[k] * x[n - k];
        wrong += std::fabs(y[n] - sum) > 1e-6;
    }
    return wrong;
}
