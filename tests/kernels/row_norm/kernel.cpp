// Each row less its mean: an imperfect nest, with work before, between and after the inner loops.
void row_norm(const short in[6][8], short out[6][8], short means[6]) {
rows:
    for (int r = 0; r < 6; r++) {
        int sum = 4;
    add:
        for (int c = 0; c < 8; c++) {
#pragma HLS PIPELINE
            sum += in[r][c];
        }
        const short mean = sum >> 3;
        means[r] = mean;
    subtract:
        for (int c = 0; c < 8; c++) {
#pragma HLS PIPELINE
            out[r][c] = in[r][c] - mean;
        }
    }
}
