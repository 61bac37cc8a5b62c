#include <cstdint>
#include <cstdlib>
void fir16(const int16_t x[256], const int16_t h[16], int32_t y[256]);

int main() {
    int16_t x[256], h[16];
    int32_t y[256];
    int wrong = 0;
    for (auto &v : x) v = std::rand() % 4001 - 2000;
    for (auto &v : h) v = std::rand() % 4001 - 2000;
    fir16(x, h, y);
    for (int n = 0; n < 256; n++) {
        int32_t sum = 0;
        for (int k = 0; k < 16 && k <= n; k++) sum += x[n - k] * h[k];
        wrong += sum != y[n];
    }
    return wrong;
}
