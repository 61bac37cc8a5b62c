#include <cmath>
void jacobi2d(float a[6][6], float b[6][6]);

int main() {
    float a[6][6], b[6][6];
    double x[6][6], y[6][6];
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) x[i][j] = a[i][j] = i * (j + 2) / 6.0f, y[i][j] = b[i][j] = i * (j + 3) / 6.0f;
    jacobi2d(a, b);
    for (int t = 0; t < 4; t++) {
        auto &from = t % 2 ? y : x, &to = t % 2 ? x : y;
        for (int i = 1; i < 5; i++)
            for (int j = 1; j < 5; j++) to[i][j] = 0.2 * (from[i][j] + from[i][j - 1] + from[i][j + 1] + from[i + 1][j] + from[i - 1][j]);
    }
    int wrong = 0;
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++) wrong += std::fabs(a[i][j] - x[i][j]) > 1e-4;
    return wrong;
}
