// Division and remainder, signed and unsigned, of several widths and by constants.
#include "ap_int.h"

void divide_mix(int a, int b, ap_uint<20> c, ap_uint<7> d, int out[6]) {
    out[0] = a / b;
    out[1] = a % b;
    out[2] = c / d;
    out[3] = c % d;
    out[4] = a / 10;
    out[5] = a % 8;
}
