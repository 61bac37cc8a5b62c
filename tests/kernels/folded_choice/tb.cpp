#include <stdint.h>

struct Row {
    uint8_t marks[7];
    uint64_t low[7], high[7];
};
uint8_t folded_choice(Row rows[4], bool first, bool second);

int main() {
    static Row rows[4];
    uint64_t state = 1;
    for (int call = 0; call < 8; call++) {
        for (Row &row : rows)
            for (int i = 0; i < 7; i++) {
                row.marks[i] = state >> 60;
                row.low[i] = state = state * 6364136223846793005ull + 1442695040888963407ull;
                row.high[i] = state = state * 6364136223846793005ull + 1442695040888963407ull;
            }
        folded_choice(rows, call & 1, call & 2);
    }
}
