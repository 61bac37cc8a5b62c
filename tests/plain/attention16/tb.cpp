#include <cstdlib>
#include "falling.h"
void attention16(const int8_t q[16][16], const int8_t k[16][16], const int8_t v[16][16], int32_t y[16][16]);

int main() {
    int8_t q[16][16], k[16][16], v[16][16];
    int32_t y[16][16];
    int wrong = 0;
    for (int n = 0; n < 256; n++) {
        q[n / 16][n % 16] = std::rand() % 64 - 32;
        k[n / 16][n % 16] = std::rand() % 64 - 32;
        v[n / 16][n % 16] = std::rand();
    }
    attention16(q, k, v, y);
    for (int i = 0; i < 16; i++) {
        int32_t score[16], most = -1 << 30;
        for (int j = 0; j < 16; j++) {
            int32_t sum = 0;
            for (int d = 0; d < 16; d++) sum += q[i][d] * k[j][d];
            score[j] = sum >> 6;
            most = score[j] > most ? score[j] : most;
        }
        for (int d = 0; d < 16; d++) {
            int32_t sum = 0, total = 0;
            for (int j = 0; j < 16; j++) {
                int32_t w = most - score[j] > 255 ? 0 : falling[most - score[j]];
                sum += w * v[j][d], total += w;
            }
            wrong += y[i][d] != sum / (total >> 8);
        }
    }
    return wrong;
}
