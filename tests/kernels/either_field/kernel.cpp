// Reads and writes of one of two arrays of one structure, chosen by their values.
#include <cstdint>

struct Tables {
    uint16_t few[4];
    int64_t low[6], high[6];
    uint16_t last;
};

int64_t either_field(const uint16_t keys[8], Tables &given) {
    Tables own;
    for (int i = 0; i < 4; i++)
        own.few[i] = keys[i] ^ given.few[i];
    for (int i = 0; i < 6; i++) {
        own.low[i] = given.low[5 - i] + i;
        own.high[i] = given.high[i] * keys[i];
    }
    own.last = keys[7];
    int64_t sum = 0;
    for (int i = 0; i < 8; i++) {
        unsigned at = keys[i] % 6;
        sum += own.low[at] < own.high[i % 6] ? own.low[at] : own.high[i % 6];
        (keys[i] & 1 ? own.low[at] : own.high[at]) -= sum;
        (sum < 0 ? given.high[at] : given.low[i % 6]) ^= own.last;
    }
    given.last = own.few[keys[2] & 3];
    return sum;
}
