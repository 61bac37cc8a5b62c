// Words of 200 bits: sums, products by small numbers, rotations and comparisons.
#include "ap_int.h"

void wide_hash(const ap_uint<200> in[4], ap_uint<200> &digest, bool &above) {
    ap_uint<200> h = 1;
    for (int i = 0; i < 4; i++) {
        h = h * 31 + in[i];
        h ^= (h << 67) | (h >> 133);
    }
    digest = h;
    above = h > in[0];
}
