// Quotients and remainders of words of different widths: one step for each bit of the dividend.
#include <cstdint>
void divide_sizes(const uint32_t a[24], const uint8_t b[24], const int16_t c[24], int32_t y[24][6]) {
    for (int i = 0; i < 24; i++) {
        uint32_t narrow = b[i] | 1;
        int32_t turned = c[i] < 0 ? -int32_t(narrow) : int32_t(narrow);
        y[i][0] = a[i] / narrow;
        y[i][1] = a[i] % narrow;
        y[i][2] = narrow / (a[i] | 1);
        y[i][3] = c[i] / turned;
        y[i][4] = int32_t(a[i]) % (c[i] ? c[i] : 1);
        y[i][5] = int32_t(a[i] >> 1) / (int32_t(b[i]) - 256);
    }
}
