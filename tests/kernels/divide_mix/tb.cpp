#include "ap_int.h"
#include <initializer_list>
void divide_mix(int a, int b, ap_uint<20> c, ap_uint<7> d, int out[6]);

int main() {
    int wrong = 0;
    for (int a : {0, 7, -7, 1000000, -999999, 2147483647})
        for (int b : {1, -1, 3, -10, 12345}) {
            const int c = (a & 0x7FFFFFFF) % 1048576, d = 1 + (b & 63);
            int out[6];
            divide_mix(a, b, c, d, out);
            const long q = (a < 0 ? -(long)a : a) / (b < 0 ? -(long)b : b);
            const long quotient = (a < 0) != (b < 0) ? -q : q;
            wrong += out[0] != quotient || out[1] != a - quotient * b;
            wrong += out[2] * d + out[3] != c || out[3] >= d;
            wrong += out[4] != a / 10 || out[5] != a - (a / 8) * 8;
        }
    return wrong;
}
