#include <stdint.h>

struct row {
    int16_t head[3];
    int32_t middle[2];
    int16_t tail[5];
};

// One index chooses the structure and the element of a field in it, upwards and downwards.
void diagonals(row x[5], row y[5], uint32_t n) {
    x[n].tail[n] = y[n].tail[n] + 1;
    x[2 - n].head[n] = y[2 - n].tail[n];
    y[n].head[n] = x[2 * n].tail[n];
    x[0].head[n] ^= y[4 - n].tail[n + 1];
    for (int k = 0; k < 3; k++) x[k].head[k] += y[4 - k].tail[k + 1];
    for (int k = 0; k < 2; k++) y[k + 1].middle[k] -= x[4 - 2 * k].middle[1 - k];
}
