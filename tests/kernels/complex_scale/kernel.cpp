// An array of structures: complex numbers turned and scaled in place.
struct Complex {
    short re;
    short im;
};

void complex_scale(Complex data[16], Complex by) {
    for (int i = 0; i < 16; i++) {
        const Complex v = data[i];
        data[i].re = (v.re * by.re - v.im * by.im) >> 8;
        data[i].im = (v.re * by.im + v.im * by.re) >> 8;
    }
}
