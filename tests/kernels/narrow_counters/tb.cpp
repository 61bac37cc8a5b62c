#include "ap_int.h"
typedef ap_int<8> Weight;

void narrow_counters(const Weight x[16], const Weight w[16][16], int y[16], int z[16]);

int main() {
    static Weight x[16], w[16][16];
    int y[16], z[16], wrong = 0;
    for (int call = 0; call < 4; call++) {
        for (int i = 0; i < 16; i++) {
            x[i] = i * 37 + call * 11;
            for (int j = 0; j < 16; j++) w[i][j] = i * 5 - j * 29 + call;
        }
        narrow_counters(x, w, y, z);
        for (int i = 0; i < 16; i++) {
            int by_row = 0, by_column = 0;
            for (int j = 0; j < 16; j++) by_row += x[j] * w[i][j], by_column += x[j] * w[j][i];
            wrong += y[i] != by_row || z[i] != by_column;
        }
    }
    return wrong != 0;
}
