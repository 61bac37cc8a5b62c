// Shifts by variable amounts, signed and unsigned, beyond a word's width and rotations.
#include "ap_int.h"

void shifter(ap_int<24> a, ap_uint<24> b, ap_uint<5> n, ap_int<24> out[5]) {
    out[0] = a << n;
    out[1] = a >> n;
    out[2] = b >> n;
    out[3] = n < 24 ? ap_uint<24>((b << n) | (b >> (24 - n))) : b;
    out[4] = (ap_int<48>(a) << 20) >> n;
}
