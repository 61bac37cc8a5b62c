// Bits and ranges, at places that are not constant, of wide numbers in packed and in split arrays.
#include "ap_int.h"
#include <stdint.h>

int wide_bits(uint8_t n, ap_int<130> packed[4], ap_int<130> split[6], const uint16_t ends[8]) {
#pragma HLS ARRAY_RESHAPE variable=packed cyclic factor=2
#pragma HLS ARRAY_PARTITION variable=split cyclic factor=3
#pragma HLS ARRAY_PARTITION variable=ends cyclic factor=2
    packed[1][n % 130] = n > 3;
    packed[n & 3][(n + 7) % 130] = n & 1;
    packed[(n >> 2) & 3].range(127, 64) = n * 1234567ull;
    packed[2].range(129, 128) = n;
    split[n % 6][(n * 3) % 130] = n & 2;
    split[(n + 1) % 6].range(127, 64) = ~(uint64_t)n;
    split[(n + 2) % 6].range(129, 128) = n >> 1;
    return ends[0] + ends[n & 7];  // one bank is read twice as often as the other one
}
