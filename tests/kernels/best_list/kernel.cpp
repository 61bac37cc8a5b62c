// The best entries so far in a member array of structures, which the partition makes registers.
struct Entry {
    short score;
    unsigned short place;
};

struct Best {
    Entry entries[5];
};

void best_list(const short scores[64], Entry out[5]) {
    Best best;
#pragma HLS ARRAY_PARTITION variable=best.entries complete
    for (int k = 0; k < 5; k++) {
        best.entries[k].score = -32768;
        best.entries[k].place = 0;
    }
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE II=1
        Entry next = {scores[i], (unsigned short)i};
        for (int k = 0; k < 5; k++) {
#pragma HLS UNROLL
            if (best.entries[k].score < next.score) {
                const Entry worse = best.entries[k];
                best.entries[k] = next;
                next = worse;
            }
        }
    }
    for (int k = 0; k < 5; k++) out[k] = best.entries[k];
}
