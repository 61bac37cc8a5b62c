// PolyBench's jacobi-2d in spirit: every point becomes the mean of five.
#define N 6
#define STEPS 2

void jacobi2d(float a[N][N], float b[N][N]) {
steps:
    for (int t = 0; t < STEPS; t++) {
    forth:
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                b[i][j] = 0.2f * (a[i][j] + a[i][j - 1] + a[i][1 + j] + a[1 + i][j] + a[i - 1][j]);
    back:
        for (int i = 1; i < N - 1; i++)
            for (int j = 1; j < N - 1; j++)
                a[i][j] = 0.2f * (b[i][j] + b[i][j - 1] + b[i][1 + j] + b[1 + i][j] + b[i - 1][j]);
    }
}
