// Scalars from task to task: by reference, as a result, two of a structure, and a wide one.
#include "ap_int.h"

struct Bounds {
    int least, most;
};

static void bounds(const short in[24], Bounds &found, ap_uint<100> &seen) {
    seen = 0;
    found.least = found.most = in[0];
    for (int i = 1; i < 24; i++) {
        if (in[i] < found.least) found.least = in[i];
        if (in[i] > found.most) found.most = in[i];
        seen = (seen << 4) ^ (in[i] & 255);
    }
}

static int folded(ap_uint<100> seen) {
    return (seen >> 64) ^ (seen & 0xffffffff);
}

static int middle(const Bounds &found) {
    return (found.least + found.most) / 2;
}

static void limits(Bounds found, int centre, int slack, int extra, int &low,
                   int &high) {
    low = centre - slack - (found.most - found.least) + (extra & 7);
    high = centre + slack + (found.most - found.least);
}

int df_scalars(const short in[24], int slack, int &low, int &high) {
#pragma HLS DATAFLOW
    Bounds found;
    ap_uint<100> seen;
    bounds(in, found, seen);
    int extra = folded(seen);
    int centre = middle(found);
    limits(found, centre, slack, extra, low, high);
    return centre;
}
