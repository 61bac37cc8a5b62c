#include <stdint.h>
#include <stdlib.h>

struct record {
    int16_t left[3];
    int32_t between[2];
    int16_t right[5];
};
int32_t fields_in_banks(record cut[4], record joined[3], record apart[2], uint32_t i, uint32_t j);

static void fill(record *records, int count) {
    for (int n = 0; n < count; n++) {
        for (auto &x : records[n].left) x = rand();
        for (auto &x : records[n].between) x = rand();
        for (auto &x : records[n].right) x = rand();
    }
}

int main() {
    record cut[4], joined[3], apart[2];
    for (int call = 0; call < 9; call++) {
        fill(cut, 4), fill(joined, 3), fill(apart, 2);
        const record before = joined[call / 3];
        const int32_t got = fields_in_banks(cut, joined, apart, call / 3, call % 3);
        if (cut[call / 3].left[call % 3] != int16_t(before.right[call % 3] + 1)) return 1;
        if (call % 3 != call / 3 && joined[call / 3].right[call % 3] != before.right[call % 3]) return 2;
        if (call / 3 < 2 && got) return 3;
    }
}
