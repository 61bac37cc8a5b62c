#include "ap_int.h"
#include <cstdlib>
void template_fir(const ap_int<10> x[32], const ap_int<10> h[5], ap_int<24> y[32]);

int main() {
    ap_int<10> x[32], h[5];
    ap_int<24> y[32];
    int wrong = 0;
    for (auto &v : x) v = std::rand();
    for (auto &v : h) v = std::rand();
    template_fir(x, h, y);
    for (int n = 0; n < 32; n++) {
        int want = 0;
        for (int t = 0; t < 5 && t <= n; t++) want += x[n - t].to_int() * h[t].to_int();
        wrong += y[n] != want;
    }
    return wrong;
}
