#include <cmath>
#include <cstdlib>
void fft16(int re[16], int im[16]);

int main() {
    int re[16], im[16], wrong = 0;
    double x[16], y[16];
    for (int n = 0; n < 16; n++) x[n] = re[n] = std::rand() % 2000 - 1000, y[n] = im[n] = std::rand() % 2000 - 1000;
    fft16(re, im);
    for (int k = 0; k < 16; k++) {
        double a = 0, b = 0;
        for (int n = 0; n < 16; n++) {
            const double angle = -2 * M_PI * k * n / 16;
            a += x[n] * std::cos(angle) - y[n] * std::sin(angle);
            b += x[n] * std::sin(angle) + y[n] * std::cos(angle);
        }
        const int place = (k & 1) << 3 | (k & 2) << 1 | (k & 4) >> 1 | (k & 8) >> 3;
        wrong += std::fabs(re[place] - a) > 12 || std::fabs(im[place] - b) > 12;
    }
    return wrong;
}
