#include <stdint.h>
#include <stdlib.h>

enum Op { SPECIAL, ADDI, ANDI, ORI, SLTI, LW, SW, BEQ, BNE, BLTZ, JUMP, LUI };
enum Function { ADD, SUB, AND, OR, XOR, SLL, SRL, SRA, SLT, MULT, MFHI, MFLO, JR, HALT };
int interpreter(const uint32_t program[64], int32_t data[64]);

static uint32_t direct(Op op, int rs, int rt, int given) {
    return op << 26 | rs << 21 | rt << 16 | (uint16_t)given;
}
static uint32_t special(Function f, int rd, int rs, int rt, int by = 0) {
    return rs << 21 | rt << 16 | rd << 11 | by << 6 | f;
}

int main() {
    // Sums up and multiplies what is in memory until a zero is found.
    const uint32_t program[64] = {
        direct(ADDI, 0, 1, 1),    direct(LW, 1, 2, 0),      direct(BEQ, 2, 0, 12),
        special(ADD, 3, 3, 2),    special(MULT, 0, 3, 2),   special(MFLO, 4, 0, 0),
        special(MFHI, 5, 0, 0),   special(XOR, 6, 4, 5),    direct(SW, 1, 6, 32),
        special(SLL, 7, 0, 6, 3), special(SRA, 8, 1, 7),    special(SLT, 9, 8, 7),
        direct(ADDI, 1, 1, 1),    direct(SLTI, 1, 10, 30),  direct(BNE, 10, 0, -14),
        direct(SW, 0, 3, 63),     direct(ORI, 3, 11, 0x55), direct(ANDI, 11, 12, 0xff),
        direct(LUI, 0, 13, 0x12), special(SUB, 14, 13, 3),  direct(BLTZ, 14, 0, 1),
        special(SRL, 15, 0, 14, 4), direct(SW, 0, 15, 62),  direct(ADDI, 0, 16, 26),
        special(JR, 0, 16, 0),    special(HALT, 0, 0, 0),   direct(JUMP, 0, 0, 25),
    };
    static int32_t data[64];
    for (int call = 0; call < 3; call++) {
        for (int i = 0; i < 64; i++) data[i] = rand() % 2000 - 1000;
        data[9 + 7 * call] = 0;
        interpreter(program, data);
    }
    uint32_t anything[64];
    for (int call = 0; call < 8; call++) {
        for (uint32_t &word : anything) {
            const uint32_t op = rand() % 13;
            word = op << 26 | ((uint32_t)rand() & 0x03ffffff);
            if (op == SPECIAL) word = (word & ~63u) | (uint32_t)(rand() % 14);
        }
        interpreter(anything, data);
    }
}
