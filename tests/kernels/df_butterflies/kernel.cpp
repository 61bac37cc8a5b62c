// Stages of a transform, one template of a task, joined by arrays of structures.
const int N = 16;

struct Complex {
    short re, im;
};

template <int Half> static void stage(Complex in[N], Complex out[N]) {
    for (int k = 0; k < N / 2; k++) {
        const int i = k / Half * 2 * Half + k % Half;
        const Complex a = in[i], b = in[i + Half];
        // A turn by a quarter for every other butterfly.
        const Complex t = k & 1 ? Complex{b.im, short(-b.re)} : b;
        out[i] = Complex{short((a.re + t.re) >> 1), short((a.im + t.im) >> 1)};
        out[i + Half] = Complex{short((a.re - t.re) >> 1), short((a.im - t.im) >> 1)};
    }
}

static void load(const Complex in[N], Complex first[N]) {
    for (int i = 0; i < N; i++) first[(i & 1) << 3 | (i & 2) << 1 | (i & 4) >> 1 | i >> 3] = in[i];
}

void df_butterflies(const Complex in[N], Complex out[N]) {
#pragma HLS DATAFLOW
    Complex first[N], second[N], third[N], fourth[N];
    load(in, first);
    stage<1>(first, second);
    stage<2>(second, third);
    stage<4>(third, fourth);
    stage<8>(fourth, out);
}
