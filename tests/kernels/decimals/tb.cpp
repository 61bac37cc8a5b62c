#include "ap_fixed.h"
typedef ap_fixed<16, 6> number;
void decimals(const number x[16], number y[16]);

int main() {
    number x[16], y[16];
    for (int i = 0; i < 16; i++) x[i] = (i * 37 % 31 - 15) * 0.75;
    decimals(x, y);
    int wrong = 0;
    for (int i = 0; i < 16; i++) {
        const number scaled = x[i] * number(378 / 1024.0) - 1.25;
        wrong += y[i] != (x[i].to_double() < -7.125 ? number(255 / 128.0) : scaled);
    }
    return wrong;
}
