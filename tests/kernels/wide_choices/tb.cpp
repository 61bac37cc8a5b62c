#include <ap_int.h>
#include <cstdlib>
void wide_choices(const ap_uint<128> x[16], const int sel[16], ap_uint<128> out[16], ap_int<200>& widest);
int main() {
    ap_uint<128> x[16], out[16];
    ap_int<200> widest;
    int sel[16];
    for (int r = 0; r < 6; r++) {
        for (int n = 0; n < 16; n++) {
            x[n] = (ap_uint<128>(rand()) << 97) ^ (ap_uint<128>(rand()) << 50) ^ ap_uint<128>(rand());
            sel[n] = rand() & 7;
        }
        wide_choices(x, sel, out, widest);
    }
    return 0;
}
