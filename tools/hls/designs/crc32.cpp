// CRC-32 (reflected, 0xEDB88320) of four bytes, bit by bit.
#include <stdint.h>

uint32_t crc32(uint32_t crc, uint32_t data) {
    uint32_t c = crc ^ data;
    for (int i = 0; i < 32; i++) {
#pragma HLS UNROLL
        c = (c >> 1) ^ (c & 1 ? 0xEDB88320u : 0u);
    }
    return c;
}
