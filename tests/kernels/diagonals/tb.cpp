#include <stdint.h>
#include <stdlib.h>

struct row {
    int16_t head[3];
    int32_t middle[2];
    int16_t tail[5];
};
void diagonals(row x[5], row y[5], uint32_t n);

static void fill(row *rows) {
    for (int n = 0; n < 5; n++) {
        for (auto &v : rows[n].head) v = rand();
        for (auto &v : rows[n].middle) v = rand();
        for (auto &v : rows[n].tail) v = rand();
    }
}

int main() {
    int wrong = 0;
    for (uint32_t n = 0; n < 3; n++) {
        row x[5], y[5];
        fill(x), fill(y);
        const int16_t above = y[n].tail[n], before = x[2].head[2], last = y[2].tail[3];
        diagonals(x, y, n);
        wrong += x[n].tail[n] != int16_t(above + 1);
        if (n == 1) wrong += x[2].head[2] != int16_t(before + last);
    }
    return wrong;
}
