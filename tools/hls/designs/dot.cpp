// A tree of products and sums: eight pairs of 8-bit numbers, a bias, and a clamp at zero.
#include <stdint.h>

void dot(int8_t a0, int8_t a1, int8_t a2, int8_t a3, int8_t a4, int8_t a5, int8_t a6, int8_t a7,
         int8_t b0, int8_t b1, int8_t b2, int8_t b3, int8_t b4, int8_t b5, int8_t b6, int8_t b7,
         int32_t bias, int32_t &y) {
    int32_t left = (a0 * b0 + a1 * b1) + (a2 * b2 + a3 * b3);
    int32_t right = (a4 * b4 + a5 * b5) + (a6 * b6 + a7 * b7);
    int32_t sum = (left + right) + bias;
    y = sum > 0 ? sum : 0;
}
