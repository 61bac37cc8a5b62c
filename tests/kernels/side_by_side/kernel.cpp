// Arrays side by side in a structure, indexed from behind, by pointers that move, and by helpers:
// what lies before an array is never taken for a part of it.
struct Keys {
    unsigned char first[16], second[16], third[24];
    struct { short low, high; } pair[4];
    int sums[6];
};

struct Rows {
    Keys rows[2];
    int total;
};

static void expand(unsigned char *key, int n) {
    for (unsigned char i = 4; i < n; i += 4) {
        key[i] ^= key[i - 4];
        key[i + 1] ^= key[i - 3];
        key[i + 2] ^= key[i - 2];
        key[i + 3] ^= key[i - 1];
    }
}

static int sum(const unsigned char *from, int n) {
    int total = 0;
    while (n--) total = total * 3 + *from++;
    return total;
}

void side_by_side(Keys &keys, const int at[6], Rows &out) {
    expand(keys.third, 24);
    expand(keys.second, 16);
    for (int i = 0; i < 6; i++) {
        const int k = at[i];
        keys.sums[i] = keys.third[k - 3] * 1000 + keys.second[k - 2];
        if (k > 4 && k < 9) keys.pair[k - 5].high = keys.sums[i > 0 ? i - 1 : i] + k;
    }
    for (int r = 0; r < 2; r++) {
        for (int i = 0; i < 16; i++) out.rows[r].first[i] = keys.first[15 - i] + r;
        for (int i = 16; i > 0; i--) out.rows[r].second[i - 1] = keys.second[i - 1] - r;
        for (int i = 8; i < 32; i++) out.rows[r].third[i - 8] = keys.third[31 - i];
        for (int i = 1; i <= 4; i++) {
            out.rows[r].pair[i - 1].low = keys.pair[4 - i].high;
            out.rows[r].pair[i - 1].high = keys.pair[4 - i].low + r;
        }
        for (int i = 0; i < 6; i++) out.rows[r].sums[i] = keys.sums[(i + r) % 6];
    }
    out.total = sum(keys.third, 24) ^ sum(keys.second, at[0]);
}
