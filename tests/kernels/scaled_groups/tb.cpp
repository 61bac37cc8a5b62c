#include <cstdlib>
void scaled_groups(const int mult[64], const int x[512], int y[512]);

int main() {
    int mult[64], x[512], y[512], wrong = 0;
    for (int call = 0; call < 3; call++) {
        for (int &v : mult) v = std::rand() % 2001 - 1000;
        for (int &v : x) v = std::rand() - (1 << 30);
        scaled_groups(mult, x, y);
        for (int i = 0; i < 512; i++) wrong += y[i] != int(unsigned(x[i]) * unsigned(mult[i % 64]));
    }
    return wrong != 0;
}
