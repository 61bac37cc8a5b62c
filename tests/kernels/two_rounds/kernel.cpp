#include <stdint.h>

// An inner loop of two rounds, of which nothing would be left as one round of two.
int32_t two_rounds(int32_t a[12], int32_t n) {
    int32_t m[12];
    for (int i = 0; i < 12; i++) m[i] = a[i] * n;
    while (n-- > 0) {
        for (int i = 1; i < 4; i += 2) m[i - 1] += m[i + 1] | n;
        if (m[2] > n) a[n & 7] -= m[0];
        else a[n & 3] ^= n;
    }
    return a[3];
}
