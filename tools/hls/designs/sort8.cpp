// An odd-even merge network that sorts eight numbers of 8 bits.
#include <stdint.h>

static void order(uint8_t &a, uint8_t &b) {
    uint8_t low = a < b ? a : b;
    b = a < b ? b : a;
    a = low;
}

void sort8(uint8_t x0, uint8_t x1, uint8_t x2, uint8_t x3, uint8_t x4, uint8_t x5, uint8_t x6,
           uint8_t x7, uint8_t &y0, uint8_t &y1, uint8_t &y2, uint8_t &y3, uint8_t &y4,
           uint8_t &y5, uint8_t &y6, uint8_t &y7) {
    order(x0, x1);
    order(x2, x3);
    order(x4, x5);
    order(x6, x7);
    order(x0, x2);
    order(x1, x3);
    order(x4, x6);
    order(x5, x7);
    order(x1, x2);
    order(x5, x6);
    order(x0, x4);
    order(x1, x5);
    order(x2, x6);
    order(x3, x7);
    order(x2, x4);
    order(x3, x5);
    order(x1, x2);
    order(x3, x4);
    order(x5, x6);
    y0 = x0;
    y1 = x1;
    y2 = x2;
    y3 = x3;
    y4 = x4;
    y5 = x5;
    y6 = x6;
    y7 = x7;
}
