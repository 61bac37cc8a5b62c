#include <cstdlib>
void stencil3d(const int in[5][4][6], int out[5][4][6]);

int main() {
    int in[5][4][6], out[5][4][6], wrong = 0;
    const int *flat = &in[0][0][0], steps[] = {1, -1, 6, -6, 24, -24};
    for (int n = 0; n < 120; n++) (&in[0][0][0])[n] = std::rand() % 10000;
    stencil3d(in, out);
    for (int n = 0; n < 120; n++) {
        const int i = n / 24, j = n / 6 % 4, k = n % 6;
        int want = flat[n];
        if (i % 4 && j % 3 && k % 5) {
            want *= 6;
            for (int step : steps) want -= flat[n + step];
        }
        wrong += out[i][j][k] != want;
    }
    return wrong;
}
