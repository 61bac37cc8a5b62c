// The last mixing of a hash, with products by sparse constants, and a step of Adler-32's sums.
#include <stdint.h>

void mixer(uint32_t h, uint32_t k, uint32_t &hash, uint32_t &sums) {
    uint32_t x = h ^ k;
    x ^= x >> 16;
    x = x + (x << 5);
    x ^= x >> 13;
    x = x + (x << 3) + (x << 9);
    x ^= x >> 16;
    uint32_t low = (h & 0xffff) + (k & 255);
    low = low >= 65521 ? low - 65521 : low;
    uint32_t high = (h >> 16) + low;
    high = high >= 65521 ? high - 65521 : high;
    hash = x;
    sums = (high << 16) | low;
}
