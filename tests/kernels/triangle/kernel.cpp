// An inner loop whose bound is the outer one's counter.
void triangle(const short a[8][8], int out[8]) {
    for (int i = 0; i < 8; i++) {
        int sum = 0;
        for (int j = 0; j <= i; j++) sum += a[i][j] * a[j][i];
        out[i] = sum;
    }
}
