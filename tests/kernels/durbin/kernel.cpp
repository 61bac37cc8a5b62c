// PolyBench's durbin in spirit: Levinson's recursion for a Toeplitz system.
#define N 5

void durbin(const double r[N], double y[N]) {
    double z[N], alpha = -r[0], beta = 1.0;
    y[0] = -r[0];
orders:
    for (int k = 1; k < N; k++) {
        beta = (1 - alpha * alpha) * beta;
        double sum = 0.0;
    products:
        for (int i = 0; i < k; i++) sum += r[k - i - 1] * y[i];
        alpha = -(r[k] + sum) / beta;
    mix:
        for (int i = 0; i < k; i++) z[i] = y[i] + alpha * y[k - i - 1];
    back:
        for (int i = 0; i < k; i++) y[i] = z[i];
        y[k] = alpha;
    }
}
