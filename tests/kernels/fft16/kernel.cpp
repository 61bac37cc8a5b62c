// FFT of 16 points in Q14, in place, with a twiddle table and strided butterflies.
static const short COS[8] = {16384, 15137, 11585, 6270, 0, -6270, -11585, -15137};
static const short SIN[8] = {0, -6270, -11585, -15137, -16384, -15137, -11585, -6270};

void fft16(int re[16], int im[16]) {
stages:
    for (int span = 8; span > 0; span >>= 1) {
        for (int odd = span; odd < 16; odd++) {
            odd |= span;
            const int even = odd ^ span;
            const int sum_re = re[even] + re[odd], sum_im = im[even] + im[odd];
            const int dif_re = re[even] - re[odd], dif_im = im[even] - im[odd];
            const int root = (even * (8 / span)) & 7;
            re[even] = sum_re;
            im[even] = sum_im;
            re[odd] = (dif_re * COS[root] - dif_im * SIN[root]) >> 14;
            im[odd] = (dif_re * SIN[root] + dif_im * COS[root]) >> 14;
        }
    }
}
