// Scalars from task to task: by reference, as a result, and two of a structure.
struct Bounds {
    int least, most;
};

static void bounds(const short in[24], Bounds &found) {
    found.least = found.most = in[0];
    for (int i = 1; i < 24; i++) {
        if (in[i] < found.least) found.least = in[i];
        if (in[i] > found.most) found.most = in[i];
    }
}

static int middle(const Bounds &found) {
    return (found.least + found.most) / 2;
}

static void limits(Bounds found, int centre, int slack, int &low, int &high) {
    low = centre - slack - (found.most - found.least);
    high = centre + slack + (found.most - found.least);
}

int df_scalars(const short in[24], int slack, int &low, int &high) {
#pragma HLS DATAFLOW
    Bounds found;
    bounds(in, found);
    int centre = middle(found);
    limits(found, centre, slack, low, high);
    return centre;
}
