#include <cmath>
void oscillator(float frequency, float decay, float wave[4], float level[4]);

int main() {
    float wave[4], level[4];
    int wrong = 0;
    for (float f = 0.3f; f < 500; f *= 5) {
        oscillator(f, 0.7f, wave, level);
        for (int n = 0; n < 4; n++) {
            const double t = n / 4.0, e = std::exp(-0.7f * t);
            wrong += std::fabs(wave[n] - e * std::sin(6.2831855f * f * (float)t)) > 1e-4;
            wrong += std::fabs(level[n] - std::log(e + 1) - std::tanh(t)) > 1e-6;
        }
    }
    return wrong;
}
