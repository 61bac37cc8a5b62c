// Matrix product 8 x 8, without pragmas.
void gemm(const int a[8][8], const int b[8][8], int c[8][8]) {
    for (int i = 0; i < 8; i++)
        for (int j = 0; j < 8; j++) {
            int sum = 0;
            for (int k = 0; k < 8; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}
