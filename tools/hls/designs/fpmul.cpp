// Multiplication of two floats with 11 bits of mantissa (as bfloat19), rounded to nearest even.
#include <stdint.h>

uint32_t fpmul(uint32_t a, uint32_t b) {
    uint32_t ma = 0x400u | (a & 0x3ff), mb = 0x400u | (b & 0x3ff);
    int32_t e = (int32_t)((a >> 10) & 255) + (int32_t)((b >> 10) & 255) - 127;
    uint32_t product = ma * mb;
    bool carry = product >> 21;
    uint32_t shifted = carry ? product : product << 1;
    uint32_t rest = shifted & 0x7ff;
    uint32_t kept = shifted >> 11;
    uint32_t up = rest > 0x400 || (rest == 0x400 && (kept & 1));
    uint32_t rounded = kept + up;
    e += carry;
    if (rounded >> 11) {
        rounded >>= 1;
        e += 1;
    }
    uint32_t sign = ((a ^ b) >> 18) & 1;
    uint32_t value = e <= 0 ? 0u : e >= 255 ? 255u << 10 : ((uint32_t)e << 10) | (rounded & 0x3ff);
    return (sign << 18) | value;
}
