// Matrix product 16 x 16 x 16 of bytes.
#include <cstdint>
void gemm16(const int8_t a[16][16], const int8_t b[16][16], int32_t c[16][16]) {
    for (int i = 0; i < 16; i++)
        for (int j = 0; j < 16; j++) {
            int32_t sum = 0;
            for (int k = 0; k < 16; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}
