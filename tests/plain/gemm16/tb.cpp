#include <cstdint>
#include <cstdlib>
void gemm16(const int8_t a[16][16], const int8_t b[16][16], int32_t c[16][16]);

int main() {
    int8_t a[16][16], b[16][16];
    int32_t c[16][16];
    int wrong = 0;
    for (int n = 0; n < 256; n++) a[n / 16][n % 16] = std::rand(), b[n / 16][n % 16] = std::rand();
    gemm16(a, b, c);
    for (int i = 0; i < 16; i++)
        for (int j = 0; j < 16; j++) {
            int32_t sum = 0;
            for (int k = 0; k < 16; k++) sum += a[i][k] * b[k][j];
            wrong += sum != c[i][j];
        }
    return wrong;
}
