#include <cmath>
#include <cstdlib>
void row_norm(const short in[6][8], short out[6][8], short means[6]);

int main() {
    short in[6][8], out[6][8], means[6];
    int wrong = 0;
    for (auto &row : in)
        for (short &v : row) v = std::rand() % 2000 - 1000;
    row_norm(in, out, means);
    for (int r = 0; r < 6; r++) {
        double sum = 0;
        for (short v : in[r]) sum += v;
        const int mean = int(std::floor(sum / 8 + 0.5));
        wrong += means[r] != mean;
        for (int c = 0; c < 8; c++) wrong += out[r][c] != in[r][c] - mean;
    }
    return wrong;
}
