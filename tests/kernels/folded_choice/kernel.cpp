// One of two places in structures with arrays, as one sum of a distance in bytes.
#include <stdint.h>

struct Row {
    uint8_t marks[7];
    uint64_t low[7], high[7];
};

uint8_t folded_choice(Row rows[4], bool first, bool second) {
    const uint64_t x = first ? rows[1].high[6] : rows[3].high[5];
    const uint64_t y = second ? rows[1].high[6] : rows[3].low[5];
    if (first) rows[2].low[1] = y;
    else rows[3].low[2] = y;
    rows[0].marks[2] += (uint8_t)x;
    return x > y;
}
