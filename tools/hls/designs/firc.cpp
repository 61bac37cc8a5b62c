// A filter of eight taps with constant coefficients, made of shifts and additions.
#include <stdint.h>

int32_t firc(int16_t x0, int16_t x1, int16_t x2, int16_t x3, int16_t x4, int16_t x5, int16_t x6,
             int16_t x7) {
    int32_t outer = (int32_t)x0 + x7, second = (int32_t)x1 + x6;
    int32_t third = (int32_t)x2 + x5, inner = (int32_t)x3 + x4;
    int32_t a = (outer << 1) + outer;
    int32_t b = (second << 4) - (second << 1);
    int32_t c = (third << 5) + (third << 3) + third;
    int32_t d = (inner << 7) - (inner << 3) + inner;
    return (d - c + b - a + 64) >> 7;
}
