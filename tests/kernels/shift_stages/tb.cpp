#include "ap_int.h"
#include <cstdlib>

int shift_stages(const int x[32], int y[32], ap_uint<3> tap);

int main() {
    int wrong = 0;
    for (int call = 0; call < 5; call++) {
        int x[32], y[32], line[8] = {}, total = 0, expected[32];
        for (int i = 0; i < 32; i++) {
            x[i] = std::rand() % 12;
            const int oldest = line[7];
            if (x[i] != 5) {
                for (int k = 7; k > 0; k--) line[k] = line[k - 1];
                line[0] = x[i];
            }
            expected[i] = line[0] + line[3] - oldest;
            total += line[call + 1];
        }
        wrong += shift_stages(x, y, call + 1) != total;
        for (int i = 0; i < 32; i++) wrong += y[i] != expected[i];
    }
    return wrong != 0;
}
