// Division by ten with its remainder, by a product with the reciprocal as shifts and additions.
#include <stdint.h>

void divten(uint32_t n, uint32_t &quotient, uint8_t &digit) {
    uint32_t q = (n >> 1) + (n >> 2);
    q = q + (q >> 4);
    q = q + (q >> 8);
    q = q + (q >> 16);
    q = q >> 3;
    uint32_t rest = n - ((q << 3) + (q << 1));
    bool more = rest > 9;
    quotient = q + more;
    digit = more ? rest - 10 : rest;
}
