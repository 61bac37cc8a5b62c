#include "ap_int.h"
#include <cstdlib>
void matmul_registers(const ap_int<8> a[4][4], const ap_int<8> b[4][4], ap_int<18> c[4][4]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 5; call++) {
        ap_int<8> a[4][4], b[4][4];
        ap_int<18> c[4][4];
        for (int n = 0; n < 16; n++) a[n / 4][n % 4] = std::rand(), b[n / 4][n % 4] = std::rand();
        matmul_registers(a, b, c);
        for (int n = 0; n < 16; n++) {
            int want = 0;
            for (int k = 0; k < 4; k++) want += a[n / 4][k].to_int() * b[k][n % 4].to_int();
            wrong += c[n / 4][n % 4] != want;
        }
    }
    return wrong;
}
