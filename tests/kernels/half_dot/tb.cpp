#include <cmath>
#include <cstdlib>
#include <hls_half.h>
void half_dot(const half a[16], const half b[16], half products[16], float &sum, half &largest);
int main() {
    half a[16], b[16], products[16], largest;
    float sum;
    int wrong = 0;
    for (int r = 0; r < 4; r++) {
        for (int i = 0; i < 16; i++) {
            a[i] = (rand() % 4001 - 2000) / (r == 1 ? 16777216.0f : 256.0f);
            b[i] = r == 3 ? half::of_bits(rand()) : half((rand() % 2001 - 1000) / 64.0);
        }
        half_dot(a, b, products, sum, largest);
        for (int i = 0; i < 16; i++)
            if (r != 3) wrong += std::fabs(float(products[i]) - float(a[i]) * float(b[i]) - 0.25f) > 0.5f;
    }
    return wrong;
}
