#include "ap_int.h"
#include <cstdlib>
void gemm_parallel(const ap_int<12> a[8][8], const ap_int<12> b[8][8], ap_int<28> c[8][8]);

int main() {
    ap_int<12> a[8][8], b[8][8];
    ap_int<28> c[8][8];
    int wrong = 0;
    for (int n = 0; n < 64; n++) a[n / 8][n % 8] = std::rand(), b[n / 8][n % 8] = std::rand();
    gemm_parallel(a, b, c);
    for (int n = 0; n < 64; n++) {
        int want = 0;
        for (int k = 0; k < 8; k++) want += a[n / 8][k].to_int() * b[k][n % 8].to_int();
        wrong += c[n / 8][n % 8] != want;
    }
    return wrong;
}
