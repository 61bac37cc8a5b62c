#include <cstdint>
#include <cstdlib>

int tiny_cpu(const uint32_t program[32], int16_t data[32]);

static uint32_t op(int code, int to, int a, int b, int given) {
    return (uint32_t)code << 28 | to << 24 | a << 20 | b << 16 | (given & 0xffff);
}

int main() {
    // The sum of the squares of the first r2 words, shifted, to word 31; then random words.
    uint32_t program[32] = {
        op(9, 1, 0, 0, 0),  op(9, 2, 0, 0, 10), op(9, 3, 0, 0, 0), op(9, 4, 0, 0, 1),
        op(1, 5, 1, 0, 0),  op(5, 6, 5, 5, 3),  op(3, 3, 3, 6, 0), op(3, 1, 1, 4, 0),
        op(8, 0, 1, 2, 4),  op(6, 7, 3, 0, -2), op(2, 0, 0, 7, 31), op(0, 0, 0, 0, 0),
    };
    int16_t data[32];
    int wrong = 0;
    for (int call = 0; call < 6; call++) {
        int16_t sum = 0;
        for (int i = 0; i < 32; i++) data[i] = rand() % 2000 - 1000;
        for (int i = 0; i < 10; i++) sum += data[i] * data[i] >> 3;
        int steps = tiny_cpu(program, data);
        if (call < 2) wrong += steps != 56 || data[31] != sum >> 2;
        for (auto &word : program) word = call ? word ^ rand() << 8 : word;
    }
    return wrong;
}
