// The shift register of ap_shift_reg.h: a sum over four taps of what came before.
#include "ap_shift_reg.h"
#include "ap_utils.h"

int shift_stages(const int x[32], int y[32], ap_uint<3> tap) {
    static ap_shift_reg<int, 8> line;
    int total = 0;
    for (int i = 0; i < 8; i++) line.shift(0);
    for (int i = 0; i < 32; i++) {
        ap_wait();
        const int oldest = line.shift(x[i], 7, x[i] != 5);
        y[i] = line.read(0) + line.read(3) - oldest;
        total += line.read(tap);
    }
    return total;
}
