// Pointers that walk, or are chosen, within structures of fields of other widths.
#include <cstdint>

struct Record {
    uint8_t tag;
    uint32_t words[8];
    uint8_t bytes[8];
    struct Pair {
        int16_t left, right;
    } pairs[3];
};

static uint32_t sum_below(const uint32_t* from, const uint32_t* to, uint32_t limit) {
    uint32_t sum = 0;
    while (from < to && *from < limit) sum += *from++;
    return sum;
}

uint32_t walk_fields(const uint32_t a[8], const uint8_t b[8], int n) {
    Record one;
    one.tag = b[2];
    for (int i = 0; i < 8; i++) one.words[i] = a[i], one.bytes[i] = b[i];

    uint32_t sum = one.tag + sum_below(one.words, one.words + (n & 7), 5000);
    for (const uint8_t* last = one.bytes + 7; last >= one.bytes && *last != 9; last--) sum += *last;

    // one of two places in one field, of which the compiler makes a chosen address
    Record rows[4];
    for (int i = 0; i < 4; i++) {
        rows[i].tag = one.words[i] > one.words[i + 1] ? one.words[i] : one.words[i + 1];
        for (int k = 0; k < 3; k++) {
            rows[i].pairs[k].left = int16_t(a[i + k]);
            rows[i].pairs[k].right = int16_t(b[i + k]);
        }
    }
    for (const Record* row = rows; row != rows + 4; ++row) {
        sum += row->tag;
        sum += row->pairs[n % 3 & 1].left * row->pairs[2].right;
    }
    const Record* chosen = n & 1 ? &rows[n >> 1 & 3] : &rows[n >> 3 & 3];
    return sum + chosen->pairs[1].right + chosen->tag;
}
