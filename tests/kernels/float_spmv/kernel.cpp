// A sparse matrix in compressed rows times a vector.
#define ROWS 6
#define ENTRIES 16

void float_spmv(const float value[ENTRIES], const unsigned char column[ENTRIES], const unsigned char start[ROWS + 1],
                const float x[ROWS], float y[ROWS]) {
rows:
    for (int i = 0; i < ROWS; i++) {
        float sum = 0.0f;
    entries:
        for (int k = start[i]; k < start[i + 1]; k++) sum += value[k] * x[column[k]];
        y[i] = sum;
    }
}
