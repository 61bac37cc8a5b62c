// A processor of 32 bits: each instruction reads and writes its registers and the memory once, each
// in a way of its own.
#include <stdint.h>

enum Op { SPECIAL, ADDI, ANDI, ORI, SLTI, LW, SW, BEQ, BNE, BLTZ, JUMP, LUI };
enum Function { ADD, SUB, AND, OR, XOR, SLL, SRL, SRA, SLT, MULT, MFHI, MFLO, JR, HALT };

int interpreter(const uint32_t program[64], int32_t data[64]) {
    int32_t reg[32], hi = 0, lo = 0;
    for (int i = 0; i < 32; i++) reg[i] = 0;
    uint32_t pc = 0;
    int steps = 0;
    bool running = true;
    do {
        const uint32_t word = program[pc++ & 63];
        const uint32_t op = word >> 26, rs = word >> 21 & 31, rt = word >> 16 & 31;
        const int16_t given = (int16_t)word;
        switch (op) {
            case SPECIAL: {
                const uint32_t rd = word >> 11 & 31, by = word >> 6 & 31;
                switch (word & 63) {
                    case ADD: reg[rd] = reg[rs] + reg[rt]; break;
                    case SUB: reg[rd] = reg[rs] - reg[rt]; break;
                    case AND: reg[rd] = reg[rs] & reg[rt]; break;
                    case OR: reg[rd] = reg[rs] | reg[rt]; break;
                    case XOR: reg[rd] = reg[rs] ^ reg[rt]; break;
                    case SLL: reg[rd] = reg[rt] << by; break;
                    case SRL: reg[rd] = (uint32_t)reg[rt] >> by; break;
                    case SRA: reg[rd] = reg[rt] >> (reg[rs] & 31); break;
                    case SLT: reg[rd] = reg[rs] < reg[rt]; break;
                    case MULT: {
                        const int64_t whole = (int64_t)reg[rs] * reg[rt];
                        lo = (int32_t)whole;
                        hi = (int32_t)(whole >> 32);
                        break;
                    }
                    case MFHI: reg[rd] = hi; break;
                    case MFLO: reg[rd] = lo; break;
                    case JR: pc = reg[rs]; break;
                    default: running = false;
                }
                break;
            }
            case ADDI: reg[rt] = reg[rs] + given; break;
            case ANDI: reg[rt] = reg[rs] & (uint16_t)given; break;
            case ORI: reg[rt] = reg[rs] | (uint16_t)given; break;
            case SLTI: reg[rt] = reg[rs] < given; break;
            case LW: reg[rt] = data[(reg[rs] + given) & 63]; break;
            case SW: data[(reg[rs] + given) & 63] = reg[rt]; break;
            case BEQ: if (reg[rs] == reg[rt]) pc += given; break;
            case BNE: if (reg[rs] != reg[rt]) pc += given; break;
            case BLTZ: if (reg[rs] < 0) pc += given; break;
            case JUMP: pc = word & 63; break;
            case LUI: reg[rt] = (int32_t)((uint32_t)(uint16_t)given << 16); break;
            default: running = false;
        }
        reg[0] = 0;
        steps++;
    } while (running && steps < 400);
    return steps;
}
