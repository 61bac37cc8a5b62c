// Rotation to the right by a variable distance, as three words are mixed by it.
#include <stdint.h>

static uint32_t rotate(uint32_t x, uint32_t n) { return (x >> (n & 31)) | (x << ((32 - n) & 31)); }

void rrot(uint32_t x, uint32_t y, uint32_t n, uint32_t &out) {
    uint32_t a = rotate(x, n) + y;
    out = rotate(a ^ y, a >> 27) + x;
}
