#include <cstdlib>
#include "falling.h"
void softmax8(const int16_t x[8][64], uint16_t y[8][64]);

int main() {
    int16_t x[8][64];
    uint16_t y[8][64];
    int wrong = 0;
    for (auto &row : x) for (auto &v : row) v = std::rand() % 200 - 100;
    softmax8(x, y);
    for (int r = 0; r < 8; r++) {
        int most = -1000;
        uint32_t total = 0;
        for (int c = 0; c < 64; c++) most = x[r][c] > most ? x[r][c] : most;
        for (int c = 0; c < 64; c++) total += most - x[r][c] > 255 ? 0 : falling[most - x[r][c]];
        for (int c = 0; c < 64; c++) {
            uint32_t w = most - x[r][c] > 255 ? 0 : falling[most - x[r][c]];
            wrong += y[r][c] != uint16_t((w << 15) / total);
        }
    }
    return wrong;
}
