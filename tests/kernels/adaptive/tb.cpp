#include <cstdint>
#include <cstdlib>
void adaptive(const int16_t x[4][24], int16_t w[8], const int16_t fixed[8], int32_t y[4][24], int32_t z[4][24]);

int main() {
    int wrong = 0;
    for (int round = 0; round < 3; round++) {
        int16_t x[4][24], w[8], v[8], fixed[8], old[6] = {1, 2, 3, 4, 5, 6}, ring[8] = {};
        int32_t y[4][24], z[4][24];
        for (auto &row : x) for (auto &s : row) s = std::rand() % 201 - 100;
        for (int k = 0; k < 8; k++) v[k] = w[k] = std::rand() % 201 - 100, fixed[k] = std::rand() % 99;
        adaptive(x, w, fixed, y, z);
        for (int b = 0; b < 4; b++) {
            for (int n = 0; n < 24; n++) {
                const int t = b * 24 + n;
                int32_t sum = 0, other = 0;
                for (int k = 0; k < 8 && k <= t; k++) sum += x[(t - k) / 24][(t - k) % 24] * v[k];
                for (int k = 0; k < 6; k++) {
                    other += x[b][n] > 0 ? old[k] * fixed[k] : old[k];
                    old[k] += k;
                }
                old[t * 3 % 8 % 6] = n;
                ring[t * 3 % 8] = sum;
                wrong += y[b][n] != sum + ring[(t * 3 + 3) % 8] || z[b][n] != other;
            }
            for (int k = 0; k < 8; k++) v[k] += y[b][k] >> 4;
        }
        for (int k = 0; k < 8; k++) wrong += w[k] != v[k];
    }
    return wrong != 0;
}
