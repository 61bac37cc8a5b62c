#include <cstdlib>
void triangle(const short a[8][8], int out[8]);

int main() {
    short a[8][8];
    int out[8], wrong = 0;
    for (auto &row : a)
        for (auto &v : row) v = std::rand() % 200 - 100;
    triangle(a, out);
    for (int i = 7; i >= 0; i--) {
        for (int j = i; j >= 0; j--) out[i] -= a[i][j] * a[j][i];
        wrong += out[i] != 0;
    }
    return wrong;
}
