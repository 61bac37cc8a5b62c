#include <cstdint>
#include <cstdlib>

uint32_t walk_fields(const uint32_t a[8], const uint8_t b[8], int n);

int main() {
    int wrong = 0;
    for (int call = 0; call < 20; call++) {
        uint32_t a[8];
        uint8_t b[8];
        for (auto &x : a) x = std::rand() % (call % 3 ? 1000 : 100000);
        for (auto &x : b) x = std::rand() % 200;
        if (call % 2) b[std::rand() % 8] = 9;
        const int n = std::rand() % 64;
        uint32_t sum = b[2];
        for (int i = 0; i < (n & 7) && a[i] < 5000; i++) sum += a[i];
        for (int i = 7; i >= 0 && b[i] != 9; i--) sum += b[i];
        uint8_t tags[4];
        for (int i = 0; i < 4; i++) {
            tags[i] = uint8_t(a[i] > a[i + 1] ? a[i] : a[i + 1]);
            sum += tags[i];
            sum += uint32_t(int16_t(a[i + (n % 3 & 1)]) * int16_t(b[i + 2]));
        }
        const int row = n & 1 ? n >> 1 & 3 : n >> 3 & 3;
        sum += b[row + 1] + tags[row];
        wrong += walk_fields(a, b, n) != sum;
    }
    return wrong != 0;
}
