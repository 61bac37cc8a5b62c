// Two operations in a row, each chosen of eight.
#include <stdint.h>

static uint32_t operate(uint32_t code, uint32_t a, uint32_t b) {
    uint32_t sum = a + b, difference = a - b;
    uint32_t logic = code & 1 ? a & b : a | b;
    uint32_t other = code & 1 ? a ^ b : (a << (b & 31));
    uint32_t compared = code & 1 ? (uint32_t)(a < b) : (uint32_t)((int32_t)a < (int32_t)b);
    uint32_t first = code & 1 ? sum : difference;
    return code & 4 ? (code & 2 ? compared : other) : (code & 2 ? logic : first);
}

uint32_t alu(uint32_t first, uint32_t second, uint32_t a, uint32_t b, uint32_t c) {
    return operate(second & 7, operate(first & 7, a, b), c);
}
