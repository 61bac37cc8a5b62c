#include <cstdint>
#include <cstdlib>
void divide_sizes(const uint32_t a[24], const uint8_t b[24], const int16_t c[24], int32_t y[24][6]);

int main() {
    const uint32_t ends[] = {0, 1, 255, 256, 0x7fffffff, 0x80000001, 0xffffffff, 0x80000000};
    const int16_t small[] = {0, 1, 2, 32767, -32768, -32767, 255, -1};
    uint32_t a[24];
    uint8_t b[24];
    int16_t c[24];
    int32_t y[24][6];
    int wrong = 0;
    for (int round = 0; round < 30; round++) {
        for (int i = 0; i < 24; i++) {
            a[i] = i < 8 ? ends[(i + round) % 8] : uint32_t(std::rand()) * 2654435761u >> i;
            b[i] = i < 12 ? round * 37 : std::rand();
            c[i] = i < 16 ? small[(i * 3 + round) % 8] : std::rand();
            if (a[i] == 0x80000000 && c[i] == -1) c[i] = 1;
        }
        divide_sizes(a, b, c, y);
        for (int i = 0; i < 24; i++) {
            int64_t x = a[i], n = b[i] | 1, s = int32_t(a[i]), d = c[i] ? c[i] : 1;
            wrong += uint32_t(y[i][0]) != x / n || y[i][1] != x % n || y[i][2] != n / (x | 1);
            wrong += y[i][3] != c[i] / (c[i] < 0 ? -n : n) || y[i][4] != s % d;
            wrong += y[i][5] != x / 2 / (b[i] - 256);
        }
    }
    return wrong != 0;
}
