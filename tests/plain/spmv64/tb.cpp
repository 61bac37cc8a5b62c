#include <cstdint>
#include <cstdlib>
void spmv64(const int16_t value[256], const uint8_t column[256], const uint16_t first[65],
            const int16_t x[64], int32_t y[64]);

int main() {  // four values in a row
    int16_t value[256], x[64];
    uint8_t column[256];
    uint16_t first[65];
    int32_t y[64];
    int wrong = 0;
    for (int n = 0; n < 256; n++) value[n] = std::rand() % 2001 - 1000, column[n] = std::rand() % 64;
    for (auto &v : x) v = std::rand() % 2001 - 1000;
    for (int r = 0; r < 65; r++) first[r] = 4 * r;
    spmv64(value, column, first, x, y);
    for (int r = 0; r < 64; r++) {
        int32_t sum = 0;
        for (int n = 4 * r; n < 4 * r + 4; n++) sum += value[n] * x[column[n]];
        wrong += sum != y[r];
    }
    return wrong;
}
