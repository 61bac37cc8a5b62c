#include <cmath>
#include <cstdlib>
void float_gemm(const float a[6][6], const float b[6][6], float c[6][6]);

int main() {
    float a[6][6], b[6][6], c[6][6];
    int wrong = 0;
    for (auto &row : a)
        for (float &x : row) x = (std::rand() % 2001 - 1000) / 64.0f;
    for (auto &row : b)
        for (float &x : row) x = (std::rand() % 2001 - 1000) / 3.0f;
    float_gemm(a, b, c);
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) {
            double sum = 0, size = 0;
            for (int k = 0; k < 6; k++) sum += double(a[i][k]) * b[k][j], size += std::fabs(double(a[i][k]) * b[k][j]);
            wrong += std::fabs(c[i][j] - sum) > 1e-6 * size;
        }
    return wrong;
}
