#include <cmath>
#include <cstdlib>
void float_softmax(const float x[8], float y[8]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 4; call++) {
        float x[8], y[8];
        for (float &v : x) v = (std::rand() % 4001 - 2000) / 100.0f / (1 + call);
        float_softmax(x, y);
        double sum = 0, all = 0;
        for (float v : x) sum += std::exp(double(v));
        for (int i = 0; i < 8; i++) {
            const double exact = std::exp(double(x[i])) / sum;
            wrong += std::fabs(y[i] - exact) > 2e-6 * exact;
            all += y[i];
        }
        wrong += std::fabs(all - 1) > 1e-6;
    }
    return wrong;
}
