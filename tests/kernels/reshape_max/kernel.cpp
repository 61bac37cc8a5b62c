// A reshaped argument: four elements in each word.
#include "ap_int.h"

void reshape_max(const ap_int<9> in[8][4], ap_int<9> out[8]) {
#pragma HLS ARRAY_RESHAPE variable=in complete dim=2
    for (int r = 0; r < 8; r++) {
#pragma HLS PIPELINE II=1
        ap_int<9> best = in[r][0];
        for (int c = 1; c < 4; c++)
            if (in[r][c] > best) best = in[r][c];
        out[r] = best;
    }
}
