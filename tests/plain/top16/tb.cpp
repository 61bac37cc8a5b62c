#include <algorithm>
#include <cstdint>
#include <cstdlib>
void top16(const int16_t score[64], int16_t best[16], uint8_t place[16]);

int main() {
    int16_t score[64], sorted[64], best[16];
    uint8_t place[16];
    int wrong = 0;
    for (int n = 0; n < 64; n++) sorted[n] = score[n] = std::rand() % 2001 - 1000;
    std::sort(sorted, sorted + 64);
    top16(score, best, place);
    for (int n = 0; n < 16; n++) wrong += best[n] != sorted[63 - n] || score[place[n]] != best[n];
    return wrong;
}
