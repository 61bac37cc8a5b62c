// Arrays of a top with PIPELINE: all loops unrolled, two words a cycle in and out, calls every 8 cycles.
void piped_arrays(const short x[16], short y[16], short gain) {
#pragma HLS PIPELINE II=8
    for (int i = 0; i < 16; i++) y[i] = x[i] * gain >> 4;
}
