// Filters whose coefficients stay for a block of samples, and change between blocks; a line of
// conditional taps, and one with an index of its own, which stays a memory.
#include <cstdint>
void adaptive(const int16_t x[4][24], int16_t w[8], const int16_t fixed[8], int32_t y[4][24], int32_t z[4][24]) {
    int16_t past[8] = {}, old[6] = {1, 2, 3, 4, 5, 6}, ring[8] = {};
    int at = 0;
    for (int b = 0; b < 4; b++) {
        for (int n = 0; n < 24; n++) {
            for (int k = 7; k > 0; k--) past[k] = past[k - 1];
            past[0] = x[b][n];
            int32_t sum = 0, other = 0;
            for (int k = 0; k < 8; k++) sum += past[k] * w[k];
            for (int k = 0; k < 6; k++) {
                other += x[b][n] > 0 ? old[k] * fixed[k] : old[k];
                old[k] += k;
            }
            old[at % 6] = n;
            ring[at] = sum;
            at = (at + 3) % 8;
            y[b][n] = sum + ring[at];
            z[b][n] = other;
        }
        for (int k = 0; k < 8; k++) w[k] += y[b][k] >> 4;
    }
}
