// A sparse matrix of 64 rows times a vector.
#include <cstdint>
void spmv64(const int16_t value[256], const uint8_t column[256], const uint16_t first[65],
            const int16_t x[64], int32_t y[64]) {
    for (int r = 0; r < 64; r++) {
        int32_t sum = 0;
        for (int n = first[r]; n < first[r + 1]; n++) sum += value[n] * x[column[n]];
        y[r] = sum;
    }
}
