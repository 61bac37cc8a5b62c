// A bitonic network over eight registers, wholly unrolled by the pipeline around it.
#include "ap_int.h"

void bitonic_sort(ap_int<10> rows[6][8]) {
#pragma HLS ARRAY_PARTITION variable=rows complete dim=2
    for (int r = 0; r < 6; r++) {
#pragma HLS PIPELINE II=1
        ap_int<10> v[8];
        for (int i = 0; i < 8; i++) v[i] = rows[r][i];
        for (int run = 2; run <= 8; run *= 2)
            for (int gap = run / 2; gap > 0; gap /= 2)
                for (int i = 0; i < 8; i++) {
                    const int j = i ^ gap;
                    if (j > i && ((i & run) == 0) == (v[i] > v[j])) {
                        const ap_int<10> kept = v[i];
                        v[i] = v[j];
                        v[j] = kept;
                    }
                }
        for (int i = 0; i < 8; i++) rows[r][i] = v[i];
    }
}
