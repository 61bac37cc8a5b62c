#include <ap_int.h>
#include <cstdlib>
void listed_rows(const ap_int<8> x[2][13][6], const ap_uint<4> list[2][5], ap_int<12> out[2][5]);
int main() {
    ap_int<8> x[2][13][6];
    ap_uint<4> list[2][5];
    ap_int<12> out[2][5];
    for (int r = 0; r < 4; r++) {
        for (auto& head : x)
            for (auto& row : head)
                for (auto& v : row) v = rand();
        for (auto& head : list)
            for (auto& row : head) row = rand() % 13;
        list[0][0] = 12;
        listed_rows(x, list, out);
    }
    return 0;
}
