// A filter of six taps with variable coefficients, 8 by 8 bits.
#include <stdint.h>

void fir(int8_t x0, int8_t x1, int8_t x2, int8_t x3, int8_t x4, int8_t x5, int8_t h0, int8_t h1,
         int8_t h2, int8_t h3, int8_t h4, int8_t h5, int32_t &y) {
    int32_t sum = x0 * h0;
    sum += x1 * h1;
    sum += x2 * h2;
    sum += x3 * h3;
    sum += x4 * h4;
    sum += x5 * h5;
    y = sum;
}
