// A lane of a machine-learning core: product and sum, scaled addition, maximum or a rectifier,
// then requantisation with saturation.
#include <stdint.h>

void mlcore(uint32_t code, int16_t a, int16_t b, int32_t c, uint32_t shift, int16_t &y,
            int32_t &sum) {
    uint32_t op = code & 3;
    int32_t product = (int32_t)(int8_t)a * (int8_t)b;
    int32_t value = op == 0   ? c + product
                    : op == 1 ? c + ((int32_t)a << 4) + b
                    : op == 2 ? (a > b ? a : b) + c
                              : (a > 0 ? a : 0) + (c >> 1);
    int32_t half = (1 << (shift & 15)) >> 1;
    int32_t scaled = (value + half) >> (shift & 15);
    y = scaled > 32767 ? 32767 : scaled < -32768 ? -32768 : scaled;
    sum = value;
}
