#include <cmath>
#include <cstdlib>
void iir(const short x[40], short y[40]);

int main() {
    short x[40], y[40];
    int wrong = 0;
    double a = 0, b = 0;
    for (auto &v : x) v = std::rand() % 16000 - 8000;
    iir(x, y);
    for (int n = 0; n < 40; n++) {
        const double now = std::floor((x[n] * 1024.0 + 29491 * a - 13107 * b) / 32768);
        b = a;
        a = now;
        wrong += y[n] != now;
    }
    return wrong;
}
