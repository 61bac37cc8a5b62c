// Indices and results in bursts, and a table of which one element is asked for at a time.
#include <cstdint>

int axi_gather(const uint16_t *index, const int32_t *table, int32_t *out) {
#pragma HLS INTERFACE m_axi port=index depth=48 bundle=gmem max_read_burst_length=8
#pragma HLS INTERFACE m_axi port=table depth=100 bundle=gmem latency=16
#pragma HLS INTERFACE m_axi port=out depth=48 bundle=gmem max_write_burst_length=4
#pragma HLS INTERFACE s_axilite port=return
    int found = 0;
    for (int i = 0; i < 48; i++) {
#pragma HLS PIPELINE II=1
        int32_t v = -1;
        if (index[i] < 100) {
            v = table[index[i]];
            found++;
        }
        out[i] = v;
    }
    return found;
}
