#include <cmath>
#include <cstdlib>
float float_dot(const float a[16], const float b[16]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 6; call++) {
        float a[16], b[16];
        double exact = 0, size = 0;
        for (int i = 0; i < 16; i++) {
            a[i] = std::ldexp(float(std::rand() % 20001 - 10000), call * 12 - 60);
            b[i] = float(std::rand() % 20001 - 10000) / 512;
            exact += double(a[i]) * b[i];
            size += std::fabs(double(a[i]) * b[i]);
        }
        wrong += std::fabs(float_dot(a, b) - exact) > size * 1e-6;
    }
    return wrong;
}
