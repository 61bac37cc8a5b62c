// A dot product of half-precision numbers, summed up as a float, and the largest product.
#include <hls_half.h>
void half_dot(const half a[16], const half b[16], half products[16], float &sum, half &largest) {
    float total = 0;
    half most = -65504.0f;
    for (int i = 0; i < 16; i++) {
#pragma HLS PIPELINE
        const half product = a[i] * b[i] + half(0.25);
        products[i] = product;
        total += product;
        if (product > most)
            most = product;
    }
    sum = total;
    largest = most;
}
