// The exponential of a softmax: the distance to the maximum, powers of two and a parabola between.
#include <stdint.h>

uint32_t softmax(int16_t x, int16_t maximum, uint16_t total) {
    uint32_t distance = (uint32_t)((int32_t)maximum - x);
    uint32_t bounded = distance > 0x1fffu ? 0x1fffu : distance;
    uint32_t turns = bounded + (bounded >> 1) - (bounded >> 4);
    uint32_t whole = turns >> 9;
    uint32_t f = turns & 511;
    uint32_t curve = (f * (511 - f)) >> 11;
    uint32_t power = 1024 - f - curve;
    uint32_t e = (power << 5) >> (whole & 31);
    return total + e;
}
