// A sparse matrix with the same number of items in each row, unrolled by two.
void spmv_ell(const short value[12][4], const unsigned char column[12][4], const short x[12], int y[12]) {
    for (int r = 0; r < 12; r++) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
#pragma HLS UNROLL factor=2
            sum += value[r][i] * x[column[r][i]];
        }
        y[r] = sum;
    }
}
