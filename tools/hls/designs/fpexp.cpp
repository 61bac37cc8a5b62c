// The exponential of a number with 16 bits of fraction, as the bits of a float: the integer part
// of x / ln 2 is the exponent, and a polynomial of degree 3 gives the mantissa.
#include <stdint.h>

uint32_t fpexp(int32_t x) {
    int32_t bounded = x > 5767168 ? 5767168 : x < -5636096 ? -5636096 : x;
    int32_t turns = (int32_t)(((int64_t)bounded * 94548) >> 16);
    int32_t whole = turns >> 16;
    uint32_t f = (uint32_t)turns & 0xffff;
    uint32_t p = (f * 5092u) >> 16;
    p = (f * (p + 14740u)) >> 16;
    p = (f * (p + 45702u)) >> 16;
    uint32_t mantissa = p > 65535u ? 65535u : p;
    return ((uint32_t)(whole + 127) << 23) | (mantissa << 7);
}
