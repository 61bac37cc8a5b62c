#include <cmath>
#include <cstdlib>
void backprop(const short x[4], short target, short w1[4][4], short w2[4], int &error);

int main() {
    short x[4], w1[4][4], w2[4];
    double v1[4][4], v2[4];
    int wrong = 0, first = 0, error = 0;
    for (int h = 0; h < 4; h++) {
        v2[h] = w2[h] = 100 + 20 * h;
        for (int i = 0; i < 4; i++) v1[h][i] = w1[h][i] = 37 * (i + 2 * h) % 150 - 40;
        x[h] = 60 + 50 * h;
    }
    for (int step = 0; step < 6; step++) {
        double hidden[4], out = 0;
        for (int h = 0; h < 4; h++) {
            double sum = 0;
            for (int i = 0; i < 4; i++) sum += v1[h][i] * x[i];
            hidden[h] = std::fmax(0, std::floor(sum / 256));
            out += v2[h] * hidden[h];
        }
        const double delta = 300 - std::floor(out / 256);
        for (int h = 0; h < 4; h++) {
            const double gradient = hidden[h] > 0 ? std::floor(delta * v2[h] / 256) : 0;
            v2[h] += std::floor(delta * hidden[h] / 4096);
            for (int i = 0; i < 4; i++) v1[h][i] += std::floor(gradient * x[i] / 4096);
        }
        backprop(x, 300, w1, w2, error);
        if (step == 0) first = error;
        wrong += error != delta;
        for (int n = 0; n < 16; n++) wrong += w1[n / 4][n % 4] != v1[n / 4][n % 4];
    }
    return wrong + (std::abs(error) >= std::abs(first));
}
