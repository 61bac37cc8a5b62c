#include <cmath>
#include <cstdlib>
void layer_norm(const float x[8], const float gain[8], const float bias[8], float y[8]);

int main() {
    float x[8], gain[8], bias[8], y[8];
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        double mean = 0, variance = 0;
        for (int i = 0; i < 8; i++) {
            x[i] = (std::rand() % 2000 - 1000) / 250.0f, gain[i] = 1 + i / 16.0f, bias[i] = (i - 4) / 8.0f;
            mean += x[i] / 8.0;
        }
        for (float v : x) variance += (v - mean) * (v - mean) / 8;
        layer_norm(x, gain, bias, y);
        for (int i = 0; i < 8; i++)
            wrong += std::fabs((x[i] - mean) / std::sqrt(variance + 1e-5) * gain[i] + bias[i] - y[i]) > 1e-5;
    }
    return wrong;
}
