// Words that loops read and write in every iteration: sums in memories, flags of the whole program, counts.
static int flags;
static long long sums[5];

static void raise(int flag) { flags |= flag; }

int running_words(const int a[12][16], const int x[16], int y[12], short count[4], int n) {
    flags = 0;
    for (int i = 0; i < 12; i++) {
        y[i] = 0;
        for (int j = 0; j < 16; j++) y[i] += a[i][j] * x[j];
    }
    for (int i = 0; i < 12; i++) {
        if (y[i] > 1000) {
            raise(1);
            if (y[i] & 1) raise(2);
        } else if (y[i] == 7) {
            raise(4);
        }
    }
    for (int k = 0; k < 5; k++) sums[k] = k;
    for (int i = 0; i < 16; i++) {
        sums[0] += x[i] * x[0];
        sums[1] += x[i] * (long long)x[1];
        if (x[i] & 4) sums[2] -= x[i];
        sums[4] = sums[3] ^ x[i];
    }
    for (int i = 0; i < n; i++) {
        if (x[i & 15] < 0) count[n & 3]++;
        if (count[n & 3] == 9) count[n & 3] = -20;
    }
    return flags + int(sums[0] + sums[1] * 3 + sums[2] * 5 + sums[3] * 7 + sums[4]);
}
