// A row of the 8-point inverse cosine transform: 12-bit coefficients, products by shifts and adds.
#include <stdint.h>

static int32_t c3(int32_t x) { return (x << 7) - (x << 4) - (x << 2) + x; }
static int32_t c5(int32_t x) { return (x << 6) + (x << 3) - x; }
static int32_t s2(int32_t x) { return (x << 5) + (x << 4) + x; }
static int32_t s6(int32_t x) { return (x << 7) - (x << 3) - x; }

void idct(int16_t x0, int16_t x1, int16_t x2, int16_t x3, int16_t x4, int16_t x5, int16_t x6,
          int16_t x7, int16_t &y0, int16_t &y1, int16_t &y2, int16_t &y3, int16_t &y4,
          int16_t &y5, int16_t &y6, int16_t &y7) {
    int32_t e0 = ((int32_t)x0 + x4) << 7, e1 = ((int32_t)x0 - x4) << 7;
    int32_t e2 = s2(x2) - s6(x6), e3 = s6(x2) + s2(x6);
    int32_t a0 = e0 + e3, a3 = e0 - e3, a1 = e1 + e2, a2 = e1 - e2;
    int32_t o0 = c3(x1) + c5(x3) + s2(x5), o1 = c3(x3) - c5(x7) - s2(x1);
    int32_t o2 = c3(x5) + c5(x1) - s2(x7), o3 = c3(x7) - c5(x5) + s2(x3);
    y0 = (a0 + o0 + 128) >> 8;
    y7 = (a0 - o0 + 128) >> 8;
    y1 = (a1 + o1 + 128) >> 8;
    y6 = (a1 - o1 + 128) >> 8;
    y2 = (a2 + o2 + 128) >> 8;
    y5 = (a2 - o2 + 128) >> 8;
    y3 = (a3 + o3 + 128) >> 8;
    y4 = (a3 - o3 + 128) >> 8;
}
