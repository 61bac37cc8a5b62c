#include <cstdint>
// A copy by bursts, from and to one bundle.
void axi_copy(const int32_t *in, int32_t *out, int n) {
#pragma HLS INTERFACE m_axi port=in offset=slave bundle=gmem depth=200
#pragma HLS INTERFACE m_axi port=out offset=slave bundle=gmem depth=200
#pragma HLS INTERFACE s_axilite port=n
#pragma HLS INTERFACE s_axilite port=return
 for (int i=0;i<n;i++) out[i] = in[i]+1;
}
