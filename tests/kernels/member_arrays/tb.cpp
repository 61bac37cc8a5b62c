#include <cstdlib>
void member_arrays(const int in[16][20], int out[16][20], int counts[32]);

int main() {
    int wrong = 0;
    for (int run = 0; run < 2; run++) {
        int in[16][20], out[16][20], counts[32], val[32] = {}, sums[32] = {};
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 20; x++) in[y][x] = std::rand() % 1000 - 500;
        member_arrays(in, out, counts);
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 20; x++) {
                int expected = in[y][x];
                for (int k = 1; y >= 4 && k <= 4; k++) expected += in[y - k][x];
                wrong += out[y][x] != expected;
            }
        for (int i = 0; i < 64; i++) {
            const int place = in[i / 20][i % 20] & 31;
            val[place] += i;
            sums[31 - place] += i + 1;
        }
        for (int i = 0; i < 32; i++)
            wrong += counts[i] != (i % 2 ? val[i] - sums[i] : val[i] + sums[i]);
    }
    return wrong;
}
