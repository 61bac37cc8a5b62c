#include "ap_fixed.h"
#include <cmath>
#include <cstdlib>
#include <initializer_list>
void fixed_scale(const ap_fixed<12, 4> x[20], ap_fixed<12, 4> gain, ap_fixed<12, 4> offset,
                 ap_fixed<10, 4, AP_RND, AP_SAT> y[20]);

int main() {
    int wrong = 0;
    for (double g : {1.5, -2.25, 0.00390625}) {
        ap_fixed<12, 4> x[20];
        ap_fixed<10, 4, AP_RND, AP_SAT> y[20];
        for (auto &v : x) v = (std::rand() % 4096 - 2048) / 256.0;
        fixed_scale(x, g, 0.375, y);
        for (int i = 0; i < 20; i++) {
            const double exact = x[i].to_double() * g + 0.375;
            double want = std::floor(exact * 64 + 0.5) / 64;
            want = want > 511 / 64.0 ? 511 / 64.0 : want < -8 ? -8 : want;
            wrong += y[i].to_double() != want;
        }
    }
    return wrong;
}
