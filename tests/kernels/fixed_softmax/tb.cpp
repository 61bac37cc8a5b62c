#include <ap_fixed.h>

#include <cmath>
#include <cstdio>

typedef ap_fixed<16, 6> Logit;
typedef ap_ufixed<18, 4> Weight;
void fixed_softmax(const Logit in[5], Weight out[5], Weight &norm);

int main() {
    for (int call = 0; call < 4; ++call) {
        Logit in[5];
        Weight out[5], norm = 0;
        double sum = 0, squares = 0, most = -100;
        for (int i = 0; i < 5; ++i) in[i] = (i * (7 + call) % 11 - 5) * 0.625 * (call + 1);
        for (const Logit &x : in) most = std::fmax(most, x.to_double());
        for (const Logit &x : in) {
            const double power = std::exp(x.to_double() - most);
            sum += power, squares += power * power;
        }
        fixed_softmax(in, out, norm);
        for (int i = 0; i < 5; ++i) {
            const double expected = std::exp(in[i].to_double() - most) / sum;
            if (std::fabs(out[i].to_double() - expected) > 0.005) return std::printf("out[%d]\n", i);
        }
        if (std::fabs(norm.to_double() - std::sqrt(squares)) > 0.005) return std::printf("norm\n");
    }
    return 0;
}
