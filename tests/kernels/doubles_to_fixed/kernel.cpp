#include "ap_fixed.h"

void doubles_to_fixed(const double x[16], ap_fixed<40, 20, AP_RND, AP_SAT> y[16],
                      ap_fixed<20, 12> z[16]) {
    for (int i = 0; i < 16; i++) {
        y[i] = x[i];
        z[i] = x[i];
    }
}
