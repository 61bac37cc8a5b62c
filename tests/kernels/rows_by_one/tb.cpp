#include <stdint.h>
#include <stdlib.h>

struct Row {
    int64_t before[16];
    int64_t middle[5];
    uint64_t behind[5];
    int16_t last[16];
};
int16_t rows_by_one(int32_t count, int32_t rounds, Row rows[5]);

int main() {
    static Row rows[5];
    for (int call = 0; call < 8; call++) {
        for (Row &row : rows) {
            for (auto &x : row.before) x = rand();
            for (auto &x : row.middle) x = (int64_t)rand() << 30 | rand();
            for (auto &x : row.behind) x = rand();
            for (auto &x : row.last) x = rand();
        }
        rows_by_one(call, 3 - call / 4, rows);
    }
}
