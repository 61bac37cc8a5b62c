#include <cstdint>
#include <cstdlib>
void conv3x3(const int8_t x[8][16][16], const int8_t w[8][8][3][3], int32_t y[8][14][14]);

static int8_t x[8][16][16], w[8][8][3][3];
static int32_t y[8][14][14];

int main() {
    int wrong = 0;
    for (auto &plane : x) for (auto &row : plane) for (auto &v : row) v = std::rand();
    for (auto &o : w) for (auto &i : o) for (auto &row : i) for (auto &v : row) v = std::rand();
    conv3x3(x, w, y);
    for (int o = 0; o < 8; o++)
        for (int n = 0; n < 14 * 14; n++) {
            int32_t sum = 0;
            for (int k = 0; k < 72; k++)
                sum += x[k / 9][n / 14 + k % 9 / 3][n % 14 + k % 3] * w[o][k / 9][k % 9 / 3][k % 3];
            wrong += sum != y[o][n / 14][n % 14];
        }
    return wrong;
}
