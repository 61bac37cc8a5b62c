#include <cmath>
#include <cstdio>
#include <cstdlib>

float distances(const float x[8], const float y[8], float slope, float above[8]);

int main() {
    srand(6);
    for (int call = 0; call < 6; call++) {
        float x[8], y[8], above[8], slope = (rand() % 64 - 32) / 7.0f, most = 0;
        for (int i = 0; i < 8; i++) {
            x[i] = (rand() % 2000 - 1000) * powf(10, call - 3);
            y[i] = i == 0 ? slope * x[i] : (rand() % 2000 - 1000) / 3.0f;
            most = fmaxf(most, sqrtf(x[i] * x[i] + y[i] * y[i]));
        }
        float farthest = distances(x, y, slope, above);
        if (fabsf(farthest - most) > 1e-6f * most) return 1;
        for (int i = 0; i < 8; i++)
            if (above[i] != (float)((double)y[i] - (double)slope * x[i])) return 2;
        printf("%g %g\n", farthest, above[0]);
    }
    return 0;
}
