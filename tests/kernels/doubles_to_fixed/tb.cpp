#include "ap_fixed.h"
#include <cmath>
typedef ap_fixed<40, 20, AP_RND, AP_SAT> saturating;
typedef ap_fixed<20, 12> wrapping;
void doubles_to_fixed(const double x[16], saturating y[16], wrapping z[16]);

// Numbers of all sizes, down to the smallest one; infinity and what is no number become 0.
int main() {
    const double x[16] = {0, -0.0, 1.5, -1.5, 4e-7, 5e-7, -5e-7, 1e300, -1e300, 5e-324, -5e-324,
                          524287.9999999, -524288, 4096.25, INFINITY, NAN};
    saturating y[16];
    wrapping z[16];
    doubles_to_fixed(x, y, z);
    int wrong = 0;
    for (int i = 0; i < 16; i++) {
        const double given = std::isfinite(x[i]) ? x[i] : 0, most = (std::ldexp(1, 39) - 1);
        double rounded = std::floor(std::ldexp(given, 20) + 0.5);
        rounded = rounded > most ? most : rounded < -most - 1 ? -most - 1 : rounded;
        wrong += y[i].to_double() != std::ldexp(rounded, -20);
        const double cut = std::floor(std::ldexp(given, 8)), range = std::ldexp(1, 20);
        double within = cut - std::floor(cut / range) * range;
        within -= within >= range / 2 ? range : 0;
        wrong += z[i].to_double() != std::ldexp(within, -8);
    }
    return wrong;
}
