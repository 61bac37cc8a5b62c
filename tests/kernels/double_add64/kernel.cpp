// CHStone's dfadd in spirit: doubles that are handed over as words of 64 bits.
#include <stdint.h>
#include <string.h>
#define N 12

void double_add64(const uint64_t a[N], const uint64_t b[N], uint64_t sum[N]) {
pairs:
    for (int i = 0; i < N; i++) {
        double x, y, z;
        memcpy(&x, &a[i], sizeof x);
        memcpy(&y, &b[i], sizeof y);
        z = x + y;
        memcpy(&sum[i], &z, sizeof z);
    }
}
