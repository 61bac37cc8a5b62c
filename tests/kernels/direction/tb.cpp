#include <cmath>
float direction(float x, float y);

int main() {
    int wrong = 0;
    for (int i = 0; i < 12; i++) {
        const float x = 0.7f * i - 3.1f, y = 2.3f - 0.9f * i * (i % 3 - 1);
        wrong += std::fabs(direction(x, y) - atan2f(y, x)) > 1e-6f;
    }
    return wrong;
}
