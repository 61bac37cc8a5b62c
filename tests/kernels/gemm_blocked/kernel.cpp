// Matrix product by tiles of 4 x 4, five loops deep.
void gemm_blocked(const short a[8][8], const short b[8][8], int c[8][8]) {
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++) c[i][j] = 0;
    for (int jj = 0; jj < 8; jj += 4)
        for (int kk = 0; kk < 8; kk += 4)
            for (int i = 0; i < 8; i++)
                for (int k = 0; k < 4; k++) {
                    const short held = a[i][kk + k];
                    for (int j = 0; j < 4; j++) c[i][jj + j] += held * b[kk + k][jj + j];
                }
}
