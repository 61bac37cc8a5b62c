#include <cstdint>
#include <cstdlib>
#include <initializer_list>
void counted_sums(const int8_t a[8][16], const uint8_t b[8][16], int32_t y[8]);

static int wrong = 0;

static void check(const int8_t a[8][16], const uint8_t b[8][16]) {
    int32_t y[8], row[8] = {}, nested = 0, down = 7, chosen = 0;
    unsigned wraps = 0, grows = 1;
    counted_sums(a, b, y);
    for (int i = 0; i < 8; i++) {
        row[i] = 100;
        for (int j = 0; j < 16; j++) {
            if (j % 2 == 0) row[i] += a[i][j] * a[i][j + 1] - b[i][j];
            nested += j % 2 ? b[i][j] : a[i][j];
            if (j % 2 == 0) chosen += a[i][j] < 0 ? -b[i][j] : j;
        }
        down -= row[i] > 0 ? row[i] : 1;
        wraps += b[i][i] + 100;
        grows = 2 * grows + (row[i] & 3);
    }
    wrong += y[0] != row[0] || y[1] != nested || y[2] != down || y[3] != chosen || y[7] != row[7];
    wrong += y[4] != int32_t(wraps % 256) || y[5] != int32_t(grows) || y[6] != row[6] - row[7];
}

int main() {
    static int8_t a[8][16];
    static uint8_t b[8][16];
    for (int8_t value : {-128, 127}) {
        for (auto &r : a) for (auto &v : r) v = value;
        for (auto &r : b) for (auto &v : r) v = value == 127 ? 255 : 0;
        check(a, b);
    }
    for (int n = 0; n < 128; n++) a[n / 16][n % 16] = n % 2 ? 127 : -128, b[n / 16][n % 16] = 255;
    check(a, b);
    for (int round = 0; round < 20; round++) {
        for (auto &r : a) for (auto &v : r) v = std::rand();
        for (auto &r : b) for (auto &v : r) v = std::rand();
        check(a, b);
    }
    return wrong != 0;
}
