#include "ap_int.h"
int wide_arrays(const ap_uint<128> x[8], ap_int<130> y[8], const unsigned char at[8]);
static unsigned state = 12345;
static unsigned next() { return (state = state * 1664525u + 1013904223u) >> 8; }
static ap_int<130> number() {
    ap_int<130> x = 0;
    for (int i = 0; i < 5; i++) x = (x << 30) ^ ap_int<130>(next() << 6 ^ next());
    return x;
}
int main() {
    static ap_uint<128> x[8];
    static ap_int<130> y[8];
    static unsigned char at[8];
    for (int call = 0; call < 6; call++) {
        for (int i = 0; i < 8; i++) x[i] = number(), y[i] = number(), at[i] = next();
        wide_arrays(x, y, at);
    }
}
