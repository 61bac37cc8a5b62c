#include "ap_int.h"
#include <cstdint>
ap_uint<32> bit_fields(ap_uint<32> instruction, ap_uint<5> move);

int main() {
    int wrong = 0;
    uint32_t word = 0x9E3779B9;
    for (int move = 0; move < 32; move += 3, word = word * 1664525 + 1013904223) {
        uint32_t want = ((word & 255) + (word >> 8 & 255)) & 0xFFFF;
        want |= (word >> 26) << 16 | (word >> move & 1) << 31 | ((word & 511) ^ 0x155) << 22;
        wrong += bit_fields(word, move) != want;
    }
    return wrong;
}
