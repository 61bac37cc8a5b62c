#include <ap_int.h>
#include <cstdlib>
void clamped_rows(const ap_int<8> x[8][8], const int rows[32], ap_uint<64> out[32]);
int main() {
    ap_int<8> x[8][8];
    int rows[32];
    ap_uint<64> out[32];
    for (int r = 0; r < 4; r++) {
        for (auto& row : x)
            for (auto& v : row) v = rand();
        for (int& row : rows) row = rand() % 16 - 4;
        rows[r] = r & 1 ? 1 << 31 : ~(1 << 31);
        clamped_rows(x, rows, out);
    }
    return 0;
}
