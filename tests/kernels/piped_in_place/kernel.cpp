// An array that is changed in place by a top with PIPELINE, and a count that calls hand on.
void piped_in_place(int x[4], int gain, int *count) {
#pragma HLS PIPELINE II=2
    static int calls;
    for (int i = 0; i < 4; i++) x[i] = x[i] * gain + calls;
    *count = ++calls;
}
