// A table that calls hand on: the next call may use the word that the one before changes, or its neighbour.
int piped_histogram(unsigned char value, bool clear) {
#pragma HLS PIPELINE
    static int counts[256];
    if (clear)
        counts[value] = 0;
    else
        counts[value] += 1;
    return counts[value] - counts[(unsigned char)(value + 1)];
}
