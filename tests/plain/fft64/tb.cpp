#include <cmath>
#include <cstdint>
#include <cstdlib>
void fft64(int16_t re[64], int16_t im[64]);

int main() {
    int16_t re[64], im[64];
    double xr[64], xi[64];
    int wrong = 0;
    for (int n = 0; n < 64; n++) {
        xr[n] = re[n] = std::rand() % 20001 - 10000;
        xi[n] = im[n] = std::rand() % 20001 - 10000;
    }
    fft64(re, im);
    for (int f = 0; f < 64; f++) {
        double sr = 0, si = 0;
        int at = 0;
        for (int b = 0; b < 6; b++) at |= (f >> b & 1) << (5 - b);
        for (int n = 0; n < 64; n++) {
            double c = std::cos(2 * M_PI * n * f / 64), s = -std::sin(2 * M_PI * n * f / 64);
            sr += (xr[n] * c - xi[n] * s) / 64, si += (xr[n] * s + xi[n] * c) / 64;
        }
        wrong += std::abs(sr - re[at]) > 4 || std::abs(si - im[at]) > 4;
    }
    return wrong;
}
