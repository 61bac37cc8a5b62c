#include <cstdint>
// The words of an array read as bytes and halves, and written so.
uint32_t word_bytes(const uint32_t w[8], uint8_t out[32], uint32_t turned[8]) {
    const uint8_t* bytes = (const uint8_t*)w;
    uint8_t* to = (uint8_t*)turned;
    const uint16_t* halves = (const uint16_t*)w;
    uint32_t sum = 0;
    for (int i = 0; i < 32; i++) {
        sum = sum * 31 + bytes[i];
        out[31 - i] = bytes[i];
        to[i ^ 3] = bytes[i];
    }
    for (int i = 0; i < 16; i += 3) sum ^= halves[i];
    return sum;
}
