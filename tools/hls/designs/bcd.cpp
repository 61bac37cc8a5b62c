// Gray code to binary, and that as five decimal digits by shifting and adding three.
#include <stdint.h>

uint32_t bcd(uint16_t gray) {
    uint16_t b = gray;
    b ^= b >> 8;
    b ^= b >> 4;
    b ^= b >> 2;
    b ^= b >> 1;
    uint32_t digits = 0;
    for (int i = 15; i >= 0; i--) {
#pragma HLS UNROLL
        for (int place = 0; place < 20; place += 4) {
#pragma HLS UNROLL
            uint32_t digit = (digits >> place) & 15;
            uint32_t next = digit >= 5 ? digit + 3 : digit;
            digits = (digits & ~(15u << place)) | ((next & 15) << place);
        }
        digits = (digits << 1) | ((b >> i) & 1);
    }
    return digits & 0xfffff;
}
