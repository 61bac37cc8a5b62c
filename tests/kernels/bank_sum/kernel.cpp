// A partitioned argument: eight elements of each array in every cycle.
void bank_sum(const short a[64], const short b[64], int &sum) {
#pragma HLS ARRAY_PARTITION variable=a cyclic factor=8
#pragma HLS ARRAY_PARTITION variable=b cyclic factor=8
    int total = 0;
    for (int i = 0; i < 64; i += 8) {
#pragma HLS PIPELINE II=1
        for (int j = 0; j < 8; j++) total += a[i + j] * b[i + j];
    }
    sum = total;
}
