// The fast inverse square root on the bits of a float: the magic guess, and one step of Newton in
// fixed point with 14 bits of fraction. Positive normal numbers.
#include <stdint.h>

uint32_t rsqrt(uint32_t bits) {
    uint32_t guess = 0x5f3759dfu - (bits >> 1);
    uint32_t my = 0x4000u | ((guess >> 9) & 0x3fff);
    uint32_t mx = 0x4000u | ((bits >> 9) & 0x3fff);
    // x y^2 is about 1, so the exponents say how far its mantissa must be shifted.
    uint32_t square = (my * my) >> 14;
    uint32_t product = (uint32_t)(((uint64_t)square * mx) >> 14);
    int32_t scale = (int32_t)((bits >> 23) & 255) + 2 * (int32_t)((guess >> 23) & 255) - 3 * 127;
    uint32_t turns = (uint32_t)(-scale) & 7;
    uint32_t near = scale < 0 ? product >> turns : product;
    uint32_t half = 0x6000u - (near >> 1);
    uint32_t root = (my * (half & 0xffff)) >> 14;
    bool above = root >= 0x8000u;
    uint32_t fraction = above ? (root >> 1) & 0x3fff : root & 0x3fff;
    uint32_t exponent = ((guess >> 23) & 255) + (above ? 1 : root < 0x4000u ? -1 : 0);
    return (exponent << 23) | (fraction << 9);
}
