// Bit ranges and single bits of ap_uint, read and written.
#include "ap_int.h"

ap_uint<32> bit_fields(ap_uint<32> instruction, ap_uint<5> move) {
    ap_uint<32> result = 0;
    const ap_uint<6> opcode = instruction.range(31, 26);
    const ap_uint<16> immediate = instruction(15, 0);
    result.range(15, 0) = immediate.range(7, 0) + immediate.range(15, 8);
    result(21, 16) = opcode;
    result[31] = instruction[move];
    result.range(30, 22) = (instruction.range(8, 0) ^ 0x155);
    return result;
}
