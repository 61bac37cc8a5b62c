// A sparse matrix in compressed rows times a vector: indirect reads and variable bounds.
#define ROWS 10
#define NONZERO 40

void spmv_crs(const int value[NONZERO], const unsigned char column[NONZERO], const unsigned char begin[ROWS + 1],
              const int x[ROWS], int y[ROWS]) {
rows:
    for (int r = 0; r < ROWS; r++) {
        int sum = 0;
        const int end = begin[r + 1];
    items:
        for (int i = begin[r]; i < end; i++) {
#pragma HLS LOOP_TRIPCOUNT min=0 max=10
#pragma HLS PIPELINE II=1
            sum += value[i] * x[column[i]];
        }
        y[r] = sum;
    }
}
