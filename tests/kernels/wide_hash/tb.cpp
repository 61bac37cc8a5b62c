#include "ap_int.h"
void wide_hash(const ap_uint<200> in[4], ap_uint<200> &digest, bool &above);

int main() {
    ap_uint<200> in[4], digest, want = 1;
    bool above;
    for (int i = 0; i < 4; i++) in[i] = (ap_uint<200>(0x123456789ull + i) << (40 * i)) + 77 * i;
    wide_hash(in, digest, above);
    for (int i = 0; i < 4; i++) {
        ap_uint<200> sum = in[i];
        for (int k = 0; k < 31; k++) sum += want;
        want = sum;
        ap_uint<200> turned = 0;
        for (int b = 0; b < 200; b++) turned[(b + 67) % 200] = sum[b];
        want = sum ^ turned;
    }
    return (digest != want) + (above != (want > in[0]));
}
