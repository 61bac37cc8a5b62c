// A processor of 16 bits with eight registers: programs come as an argument.
#include <cstdint>

enum Code { HALT, LOAD, STORE, ADD, SUB, MUL, SHIFT, JUMP, JUMP_IF_LESS, SET };
#define A 0

int tiny_cpu(const uint32_t program[32], int16_t data[32]) {
    int16_t reg[8];
    for (int i = 0; i < 8; i++) reg[i] = A;
    unsigned at = 0;
    int steps = 0;
    do {
        uint32_t word = program[at++ % 32];
        int code = word >> 28, to = word >> 24 & 7, a = word >> 20 & 7, b = word >> 16 & 7;
        int16_t given = (int16_t)word;
        switch (code) {
            case LOAD: reg[to] = data[(reg[a] + given) & 31]; break;
            case STORE: data[(reg[a] + given) & 31] = reg[b]; break;
            case ADD: reg[to] = reg[a] + reg[b]; break;
            case SUB: reg[to] = reg[a] - reg[b]; break;
            case MUL: {
                int32_t whole = reg[a] * reg[b];
                reg[to] = whole >> (given & 15);
                break;
            }
            case SHIFT: reg[to] = given < 0 ? reg[a] >> (-given & 15) : reg[a] << (given & 15); break;
            case JUMP: at = given & 31; break;
            case JUMP_IF_LESS:
                if (reg[a] < reg[b]) at = given & 31;
                break;
            case SET: reg[to] = given; break;
            case HALT: return steps;
            default: return -1;
        }
        steps++;
    } while (steps < 300);
    return steps;
}
