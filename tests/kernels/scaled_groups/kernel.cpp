// Each beat of eight words has the scales of its group, which a counter kept by hand tells.
void scaled_groups(const int mult[64], const int x[512], int y[512]) {
#pragma HLS ARRAY_RESHAPE variable=mult cyclic factor=8
#pragma HLS ARRAY_RESHAPE variable=x cyclic factor=8
#pragma HLS ARRAY_RESHAPE variable=y cyclic factor=8
    int group = 0;
    for (int beat = 0; beat < 64; beat++) {
#pragma HLS PIPELINE II=1
        for (int lane = 0; lane < 8; lane++)
            y[beat * 8 + lane] = x[beat * 8 + lane] * mult[group * 8 + lane];
        group = group == 7 ? 0 : group + 1;
    }
}
