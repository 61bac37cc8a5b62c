#include <cmath>
#include <cstdlib>
void md_forces(const short x[8], const short y[8], const unsigned char list[8][4], int fx[8], int fy[8]);

int main() {
    short x[8], y[8];
    unsigned char list[8][4];
    int fx[8], fy[8], wrong = 0;
    for (int i = 0; i < 8; i++) {
        x[i] = std::rand() % 200 - 100, y[i] = std::rand() % 200 - 100;
        for (auto &n : list[i]) n = std::rand() % 8;
    }
    md_forces(x, y, list, fx, fy);
    for (int i = 0; i < 8; i++) {
        double a = 0, b = 0;
        for (int n : list[i]) {
            const double dx = x[i] - x[n], dy = y[i] - y[n];
            const double strength = std::floor(1048576 / (dx * dx + dy * dy + 1));
            a += dx * strength, b += dy * strength;
        }
        wrong += fx[i] != std::floor(a / 64) || fy[i] != std::floor(b / 64);
    }
    return wrong;
}
