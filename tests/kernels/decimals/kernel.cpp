#include "ap_fixed.h"
typedef ap_fixed<16, 6> number;
typedef ap_ufixed<8, 1, AP_RND, AP_SAT> part;

// Constants with a point become words before there is any hardware: no conversion is left of them.
void decimals(const number x[16], number y[16]) {
    for (int i = 0; i < 16; i++) {
        const number scaled = x[i] * number(0.37) + number(-1.25);
        y[i] = x[i] < number(-7.125) ? number(part(2.5)) : scaled;
    }
}
