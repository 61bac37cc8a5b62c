#include <cstdio>
#include <cstdlib>

#include <hls_stream.h>
#include <hls_vector.h>

typedef hls::vector<short, 4> Lanes;
typedef hls::vector<int, 4> Sums;
typedef hls::vector<float, 3> Point;

int vector_lanes(const Lanes x[8], const Lanes weights[8], hls::stream<Lanes> &in, hls::stream<Sums> &out,
                 Point points[4], Lanes scale);

int main() {
    srand(3);
    for (int call = 0; call < 4; call++) {
        Lanes x[8], weights[8], scale = {1, 2, short(call - 3)};
        Point points[4];
        hls::stream<Lanes> in;
        hls::stream<Sums> out;
        int total = 0;
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 4; j++) {
                x[i][j] = rand() % 200 - 100;
                weights[i][j] = rand() % 200 - 100;
                total += x[i][j] * weights[i][j];
            }
            in.write(call == 1 ? Lanes(x[i] + x[i]) : weights[i]);
        }
        for (int i = 0; i < 4; i++) points[i] = {float(i), i * 0.25f, -i * 3.0f};
        int found = vector_lanes(x, weights, in, out, points, scale);
        int mixed = 0;
        for (int j = 0; j < 4; j++) mixed ^= 2 * x[2][j] - 3 * scale[j];
        if (found - total != short(mixed)) return 1;
        if (points[3][1] != 2.375f || points[2][2] != 0.0f) return 2;
        while (!out.empty()) {
            Sums word = out.read();
            printf("%d %d ", word[0], word[3]);
        }
        printf("%d\n", found);
    }
    return 0;
}
