// Softmax by table of 8 rows of 64 values.
#include "falling.h"
void softmax8(const int16_t x[8][64], uint16_t y[8][64]) {
    for (int r = 0; r < 8; r++) {
        int16_t most = x[r][0];
        for (int c = 1; c < 64; c++)
            if (x[r][c] > most) most = x[r][c];
        uint32_t weight[64], total = 0;
        for (int c = 0; c < 64; c++) {
            int32_t below = most - x[r][c];
            weight[c] = below > 255 ? 0 : falling[below];
            total += weight[c];
        }
        for (int c = 0; c < 64; c++) y[r][c] = (weight[c] << 15) / total;
    }
}
