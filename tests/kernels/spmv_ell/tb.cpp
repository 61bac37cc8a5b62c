#include <cstdlib>
void spmv_ell(const short value[12][4], const unsigned char column[12][4], const short x[12], int y[12]);

int main() {
    short value[12][4], x[12];
    unsigned char column[12][4];
    int y[12], wrong = 0;
    for (int n = 0; n < 48; n++) value[n / 4][n % 4] = std::rand() % 500 - 250, column[n / 4][n % 4] = std::rand() % 12;
    for (short &v : x) v = std::rand() % 500 - 250;
    spmv_ell(value, column, x, y);
    for (int r = 0; r < 12; r++) {
        for (int i = 3; i >= 0; i--) y[r] -= value[r][i] * x[column[r][i]];
        wrong += y[r] != 0;
    }
    return wrong;
}
