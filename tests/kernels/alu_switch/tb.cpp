#include <cstdint>
int alu_switch(unsigned char op, int a, int b);

int main() {
    int wrong = 0;
    const int values[] = {0, 5, -7, 123456, -99999};
    for (int a : values)
        for (int b : values) {
            const int64_t x = a, y = b;
            const int64_t want[] = {x + y, x - y, x & y, x | y, x ^ y, x < y,
                                    int64_t(uint32_t(a)) >> (b & 31), int64_t(uint32_t(a)) >> (b & 31),
                                    x >> (b & 31), x - 2 * y, x + 2 * y};
            for (int op = 0; op < 11; op++) wrong += alu_switch(op, a, b) != int(want[op]);
        }
    return wrong;
}
