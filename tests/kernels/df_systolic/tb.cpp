#include <cstdlib>

#include "ap_int.h"
void df_systolic(const ap_int<8> a[2][8], const ap_int<8> b[8][2], int c[2][2]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        ap_int<8> a[2][8], b[8][2];
        int c[2][2];
        for (int n = 0; n < 16; n++) a[n / 8][n % 8] = std::rand(), b[n / 2][n % 2] = std::rand();
        df_systolic(a, b, c);
        for (int n = 0; n < 4; n++) {
            int want = 0;
            for (int k = 0; k < 8; k++) want += a[n / 2][k] * b[k][n % 2];
            wrong += c[n / 2][n % 2] != want;
        }
    }
    return wrong;
}
