// A product of matrices of single precision.
#define N 6

void float_gemm(const float a[N][N], const float b[N][N], float c[N][N]) {
rows:
    for (int i = 0; i < N; i++)
    columns:
        for (int j = 0; j < N; j++) {
            float sum = 0;
        terms:
            for (int k = 0; k < N; k++) sum += a[i][k] * b[k][j];
            c[i][j] = sum;
        }
}
