// hls::vector as arguments, in arrays, in a stream and by element: a small dense layer.
#include <hls_stream.h>
#include <hls_vector.h>

typedef hls::vector<short, 4> Lanes;
typedef hls::vector<int, 4> Sums;
typedef hls::vector<float, 3> Point;

static Sums wide(const Lanes &x) {
    Sums y;
    for (size_t i = 0; i < Lanes::size(); i++) {
#pragma HLS UNROLL
        y[i] = x[i];
    }
    return y;
}

int vector_lanes(const Lanes x[8], const Lanes weights[8], hls::stream<Lanes> &in, hls::stream<Sums> &out,
                 Point points[4], Lanes scale) {
    Sums total = 0;
    Lanes kept[8];
#pragma HLS ARRAY_RESHAPE variable=kept dim=2 complete
    for (int i = 0; i < 8; i++) {
#pragma HLS PIPELINE
        total += wide(x[i]) * wide(weights[i]);
        kept[i] = (x[i] << Lanes(1)) - scale * short(3);
    }
    for (int i = 0; i < 8; i++) {
#pragma HLS PIPELINE
        const Lanes word = in.read();
        out.write(word < kept[i] ? wide(word) : wide(kept[i]) / Sums{1, 2, 3, 4});
    }
    for (int i = 0; i < 4; i++) points[i] = points[i] * 0.5f + Point{1, 2, 3};
    return total.reduce_add() + (kept[0] == kept[1] ? 1 : 0) + kept[2].reduce_xor();
}
