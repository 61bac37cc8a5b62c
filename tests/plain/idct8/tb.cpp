#include <cmath>
#include <cstdint>
#include <cstdlib>
void idct8(const int16_t x[8][8], int16_t y[8][8]);

int main() {
    int16_t x[8][8], y[8][8];
    int wrong = 0;
    for (auto &row : x) for (auto &v : row) v = std::rand() % 513 - 256;
    idct8(x, y);
    for (int r = 0; r < 8; r++)
        for (int c = 0; c < 8; c++) {
            double sum = 0;
            for (int u = 0; u < 8; u++)
                for (int v = 0; v < 8; v++)
                    sum += x[u][v] * (u ? 0.5 : std::sqrt(0.125)) * (v ? 0.5 : std::sqrt(0.125)) *
                           std::cos((2 * r + 1) * u * M_PI / 16) * std::cos((2 * c + 1) * v * M_PI / 16);
            wrong += std::abs(sum - y[r][c]) > 2;
        }
    return wrong;
}
