#include <cstdlib>
void gemm(const int a[8][8], const int b[8][8], int c[8][8]);

int main() {
    int a[8][8], b[8][8], c[8][8], wrong = 0;
    for (int n = 0; n < 64; n++) a[n / 8][n % 8] = std::rand() % 2001 - 1000, b[n / 8][n % 8] = std::rand() % 2001 - 1000;
    gemm(a, b, c);
    for (int k = 0; k < 8; k++)
        for (int n = 0; n < 64; n++) c[n / 8][n % 8] -= a[n / 8][k] * b[k][n % 8];
    for (int n = 0; n < 64; n++) wrong += c[n / 8][n % 8] != 0;
    return wrong;
}
