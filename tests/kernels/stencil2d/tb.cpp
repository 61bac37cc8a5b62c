#include <cstdlib>
void stencil2d(const int in[8][8], const int taps[9], int out[6][6]);

int main() {
    int in[8][8], taps[9], out[6][6], want[6][6] = {}, wrong = 0;
    for (auto &row : in)
        for (int &v : row) v = std::rand() % 256;
    for (int &t : taps) t = std::rand() % 21 - 10;
    stencil2d(in, taps, out);
    for (int t = 8; t >= 0; t--)
        for (int n = 0; n < 36; n++) want[n / 6][n % 6] += taps[t] * in[n / 6 + t / 3][n % 6 + t % 3];
    for (int n = 0; n < 36; n++) wrong += want[n / 6][n % 6] != out[n / 6][n % 6];
    return wrong;
}
