#include <cstdlib>
void gemm_blocked(const short a[8][8], const short b[8][8], int c[8][8]);

int main() {
    short a[8][8], b[8][8];
    int c[8][8], wrong = 0;
    for (int n = 0; n < 64; n++) a[n / 8][n % 8] = std::rand() % 999 - 500, b[n / 8][n % 8] = std::rand() % 999 - 500;
    gemm_blocked(a, b, c);
    for (int n = 0; n < 64; n++) {
        int want = 0;
        for (int k = 0; k < 8; k++) want += a[n / 8][k] * b[k][n % 8];
        wrong += c[n / 8][n % 8] != want;
    }
    return wrong;
}
