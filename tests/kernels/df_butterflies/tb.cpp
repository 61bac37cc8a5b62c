#include <cstdlib>
struct Complex { short re, im; };
void df_butterflies(const Complex in[16], Complex out[16]);

int main() {
    int wrong = 0;
    for (int run = 0; run < 6; run++) {
        Complex in[16], out[16], a[16], b[16];
        for (Complex &v : in) v = {short(std::rand()), short(std::rand())};
        df_butterflies(in, out);
        for (int i = 0; i < 16; i++) a[(i & 1) << 3 | (i & 2) << 1 | (i & 4) >> 1 | i >> 3] = in[i];
        for (int half = 1; half < 16; half *= 2) {
            for (int k = 0; k < 8; k++) {
                const int i = k / half * 2 * half + k % half;
                Complex t = a[i + half];
                if (k & 1) t = {t.im, short(-t.re)};
                b[i] = {short((a[i].re + t.re) >> 1), short((a[i].im + t.im) >> 1)};
                b[i + half] = {short((a[i].re - t.re) >> 1), short((a[i].im - t.im) >> 1)};
            }
            for (int i = 0; i < 16; i++) a[i] = b[i];
        }
        for (int i = 0; i < 16; i++) wrong += out[i].re != a[i].re || out[i].im != a[i].im;
    }
    return wrong;
}
