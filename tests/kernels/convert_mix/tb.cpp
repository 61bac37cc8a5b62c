#include <cmath>
#include <cstdint>
#include <initializer_list>
void convert_mix(int8_t a, uint16_t b, int32_t c, uint64_t d, float x, double y, int64_t whole[10], double real[8]);

int main() {
    int wrong = 0;
    int64_t whole[10];
    double real[8];
    for (float x : {0.0f, 1.5f, -2.5f, 99.999f, -0.49999997f, 1e-40f})
        for (double y : {-0.0, 2.5, -1234567.875, 1e9}) {
            const uint64_t d = 0xFFFFFFFFFFFFFC00u - uint64_t(1000 * std::fabs(y));
            convert_mix(-100, 65535, 16777217, d, x, y, whole, real);
            wrong += whole[0] != (int64_t)x || whole[2] != (int64_t)x || whole[3] != (int64_t)y;
            wrong += real[0] != 65435 || real[1] != 16777216 || real[2] != 8388608.5 || std::signbit(real[7]) != std::signbit(y);
            wrong += std::fabs(real[3] - double(d)) > 2048 || std::fabs(real[5] - y) > 1e-7 * std::fabs(y);
        }
    return wrong;
}
