// Fast Fourier transform of 64 points, in place, halved in each stage.
#include <cstdint>

static const int16_t cosine[32] = {
    32767, 32609, 32137, 31356, 30273, 28898, 27245, 25329, 23170, 20787, 18204, 15446, 12539, 9512, 6393, 3212,
    0, -3212, -6393, -9512, -12539, -15446, -18204, -20787, -23170, -25329, -27245, -28898, -30273, -31356, -32137, -32609};
static const int16_t sine[32] = {
    0, -3212, -6393, -9512, -12539, -15446, -18204, -20787, -23170, -25329, -27245, -28898, -30273, -31356, -32137, -32609,
    -32767, -32609, -32137, -31356, -30273, -28898, -27245, -25329, -23170, -20787, -18204, -15446, -12539, -9512, -6393, -3212};

void fft64(int16_t re[64], int16_t im[64]) {
    for (int span = 32; span > 0; span >>= 1)
        for (int n = 0; n < 32; n++) {
            int at = n & (span - 1), top = ((n - at) << 1) + at, low = top + span;
            int turn = at * (32 / span);
            int32_t ar = re[top], ai = im[top], br = re[low], bi = im[low];
            int32_t dr = (ar - br) >> 1, di = (ai - bi) >> 1;
            re[top] = (ar + br) >> 1;
            im[top] = (ai + bi) >> 1;
            re[low] = (dr * cosine[turn] - di * sine[turn]) >> 15;
            im[low] = (dr * sine[turn] + di * cosine[turn]) >> 15;
        }
}
