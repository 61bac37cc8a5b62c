// CHStone's dfmul in spirit, with a union between a double and its word.
#include <stdint.h>
#define N 10

typedef union {
    double number;
    uint64_t word;
} both;

void double_mul64(const uint64_t a[N], const uint64_t b[N], uint64_t product[N]) {
pairs:
    for (int i = 0; i < N; i++) {
        both x, y, z;
        x.word = a[i];
        y.word = b[i];
        z.number = x.number * y.number;
        product[i] = z.word;
    }
}
