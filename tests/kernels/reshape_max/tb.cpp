#include "ap_int.h"
#include <algorithm>
#include <cstdlib>
void reshape_max(const ap_int<9> in[8][4], ap_int<9> out[8]);

int main() {
    ap_int<9> in[8][4], out[8];
    int wrong = 0;
    for (auto &row : in)
        for (auto &v : row) v = std::rand();
    reshape_max(in, out);
    for (int r = 0; r < 8; r++) wrong += out[r] != *std::max_element(in[r], in[r] + 4);
    return wrong;
}
