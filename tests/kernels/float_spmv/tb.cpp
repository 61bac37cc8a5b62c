#include <cmath>
void float_spmv(const float value[16], const unsigned char column[16], const unsigned char start[7], const float x[6], float y[6]);

int main() {
    float value[16], y[6];
    const float x[6] = {1, -0.5f, 3.25f, 0, 1e-3f, 7};
    unsigned char column[16];
    const unsigned char start[7] = {0, 3, 3, 7, 10, 14, 16};
    for (int i = 0; i < 16; i++) value[i] = 1.0f / (i + 1), column[i] = i * 5 % 6;
    float_spmv(value, column, start, x, y);
    int wrong = 0;
    for (int i = 0; i < 6; i++) {
        double sum = 0;
        for (int k = start[i]; k < start[i + 1]; k++) sum += double(value[k]) * x[column[k]];
        wrong += std::fabs(sum - y[i]) > 1e-6;
    }
    return wrong;
}
