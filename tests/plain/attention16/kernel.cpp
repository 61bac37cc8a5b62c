// One attention head: 16 tokens of 16 bytes, scores, softmax by table, weighted values.
#include "falling.h"
void attention16(const int8_t q[16][16], const int8_t k[16][16], const int8_t v[16][16], int32_t y[16][16]) {
    for (int i = 0; i < 16; i++) {
        int32_t score[16], most = -1 << 30;
        for (int j = 0; j < 16; j++) {
            int32_t sum = 0;
            for (int d = 0; d < 16; d++) sum += q[i][d] * k[j][d];
            score[j] = sum >> 6;
            if (score[j] > most) most = score[j];
        }
        uint32_t weight[16], total = 0;
        for (int j = 0; j < 16; j++) {
            int32_t below = most - score[j];
            weight[j] = below > 255 ? 0 : falling[below];
            total += weight[j];
        }
        for (int d = 0; d < 16; d++) {
            int32_t sum = 0;
            for (int j = 0; j < 16; j++) sum += int32_t(weight[j]) * v[j][d];
            y[i][d] = sum / int32_t(total >> 8);
        }
    }
}
