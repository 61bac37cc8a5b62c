// Sums whose loops say how large they get: exactly to the ends of their words, and beyond.
#include <cstdint>
void counted_sums(const int8_t a[8][16], const uint8_t b[8][16], int32_t y[8]) {
    int32_t nested = 0, down = 7, chosen = 0, before = 0, last = 0;
    uint8_t wraps = 0;
    int64_t grows = 1;
    for (int i = 0; i < 8; i++) {
        int32_t row = 100;
        for (int j = 0; j < 16; j += 2) {
            row += a[i][j] * a[i][j + 1];
            row -= b[i][j];
            nested += a[i][j] + b[i][j + 1];
            chosen += a[i][j] < 0 ? -b[i][j] : j;
        }
        before = last;
        last = row;
        down -= row > 0 ? row : 1;
        wraps += b[i][i] + 100;
        grows += grows + (row & 3);
        y[i] = row;
    }
    y[1] = nested;
    y[2] = down;
    y[3] = chosen;
    y[4] = wraps;
    y[5] = int32_t(grows);
    y[6] = before - last;
}
