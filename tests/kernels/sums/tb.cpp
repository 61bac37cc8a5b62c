#include <stdint.h>
#include <stdlib.h>

void sums(const int16_t a[64], const int8_t b[64], uint8_t low, int32_t r[5]);

int main() {
    static int16_t a[64];
    static int8_t b[64];
    int32_t r[5];
    for (int call = 0; call < 6; call++) {
        for (int i = 0; i < 64; i++) {
            a[i] = call == 0 ? -32768 : rand();
            b[i] = call == 0 ? -128 : rand();
        }
        sums(a, b, rand(), r);
        int32_t dot = 0;
        for (int i = 0; i < 64; i++) dot += a[i] * b[i];
        if (r[0] != dot) return 1;
    }
    return 0;
}
