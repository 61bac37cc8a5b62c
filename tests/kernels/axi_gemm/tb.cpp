#include <cstdint>
#include <cstdlib>
void axi_gemm(const int16_t a[64], const int16_t b[64], int32_t c[64]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 2; call++) {
        int16_t a[64], b[64];
        int32_t c[64];
        for (int n = 0; n < 64; n++) a[n] = std::rand(), b[n] = std::rand();
        axi_gemm(a, b, c);
        for (int n = 0; n < 64; n++) {
            uint32_t want = 0;
            for (int k = 0; k < 8; k++) want += a[n / 8 * 8 + k] * b[k * 8 + n % 8];
            wrong += c[n] != int32_t(want);
        }
    }
    return wrong;
}
