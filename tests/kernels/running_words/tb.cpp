#include <cstdlib>

int running_words(const int a[12][16], const int x[16], int y[12], short count[4], int n);

int main() {
    short count[4] = {1, -2, 3, 8}, counted[4] = {1, -2, 3, 8};
    int wrong = 0;
    for (int call = 0; call < 12; call++) {
        int a[12][16], x[16], y[12], flags = 0;
        for (auto &row : a)
            for (auto &v : row) v = std::rand() % 41 - 20;
        for (auto &v : x) v = std::rand() % 41 - 20;
        long long total = 0, all = 0;
        for (int i = 0; i < 16; i++) all += x[i], total -= x[i] & 4 ? 5 * x[i] : 0;
        total += all * x[0] + 3 * (1 + all * x[1]) + 5 * 2 + 7 * 3 + (3 ^ x[15]);
        const int n = call * 3;
        for (int i = 0; i < n; i++) {
            short &c = counted[n & 3];
            if (x[i & 15] < 0) c++;
            if (c == 9) c = -20;
        }
        const int found = running_words(a, x, y, count, n);
        for (int i = 0; i < 12; i++) {
            int sum = 0;
            for (int j = 0; j < 16; j++) sum += a[i][j] * x[j];
            wrong += y[i] != sum;
            if (sum > 1000) flags |= sum & 1 ? 3 : 1;
            if (sum == 7) flags |= 4;
        }
        wrong += found != flags + int(total);
        for (int k = 0; k < 4; k++) wrong += count[k] != counted[k];
    }
    return wrong != 0;
}
