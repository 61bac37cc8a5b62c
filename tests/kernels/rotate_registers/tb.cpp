#include "ap_int.h"
#include <cstdlib>
void rotate_registers(const ap_uint<6> in[6], unsigned by, ap_uint<6> out[6], ap_uint<9> sums[4]);

int main() {
    int wrong = 0;
    ap_uint<9> sums[4];
    int want[4] = {};
    for (auto &s : sums) s = 0;
    for (unsigned by = 0; by < 8; by++) {
        ap_uint<6> in[6], out[6];
        for (auto &v : in) v = std::rand() % 64, want[v.to_int() % 4] += v.to_int();
        rotate_registers(in, by, out, sums);
        for (unsigned i = 0; i < 6; i++) wrong += out[(i + by) % 6] != in[i];
    }
    for (int i = 0; i < 4; i++) wrong += sums[i] != ap_uint<9>(want[i]);
    return wrong;
}
