// A colour from hue (0 to 1535, six sectors of 256), saturation and value to red, green and blue.
#include <stdint.h>

void hsv2rgb(uint16_t h, uint8_t s, uint8_t v, uint8_t &r, uint8_t &g, uint8_t &b) {
    uint16_t sector = (h >> 8) & 7;
    uint16_t f = h & 255;
    uint8_t p = (v * (255 - s) + 255) >> 8;
    uint8_t q = (v * (255 - ((s * f) >> 8)) + 255) >> 8;
    uint8_t t = (v * (255 - ((s * (255 - f)) >> 8)) + 255) >> 8;
    const uint8_t reds[8] = {v, q, p, p, t, v, v, v};
    const uint8_t greens[8] = {t, v, v, q, p, p, p, p};
    const uint8_t blues[8] = {p, p, t, v, v, q, q, q};
    uint8_t red = 0, green = 0, blue = 0;
    for (int i = 0; i < 8; i++) {
#pragma HLS UNROLL
        uint8_t here = -(uint8_t)(sector == i);
        red |= reds[i] & here;
        green |= greens[i] & here;
        blue |= blues[i] & here;
    }
    r = red;
    g = green;
    b = blue;
}
