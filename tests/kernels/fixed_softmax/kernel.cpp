#include <ap_fixed.h>
#include <hls_math.h>

typedef ap_fixed<16, 6> Logit;
typedef ap_ufixed<18, 4> Weight;

// hls::exp and hls::sqrt of fixed-point numbers: the answers have the arguments' W and I.
void fixed_softmax(const Logit in[5], Weight out[5], Weight &norm) {
    Logit most = in[0];
    for (int i = 1; i < 5; ++i) most = hls::max(most, in[i]);
    Weight powers[5], sum = 0, squares = 0;
    for (int i = 0; i < 5; ++i) {
#pragma HLS PIPELINE II=1
        powers[i] = hls::exp(Logit(in[i] - most));
        sum += powers[i];
        squares += powers[i] * powers[i];
    }
    for (int i = 0; i < 5; ++i) out[i] = powers[i] / sum;
    norm = hls::sqrt(squares);
}
