// As Vitis's free-running kernels: no control ports, a pair of words in each call, two streams out.
#include <hls_stream.h>

void piped_free(hls::stream<int> &a, hls::stream<int> &b, hls::stream<int> &low, hls::stream<int> &high) {
#pragma HLS INTERFACE ap_ctrl_none port=return
#pragma HLS INTERFACE axis port=a
#pragma HLS INTERFACE axis port=b
#pragma HLS INTERFACE axis port=low
#pragma HLS INTERFACE axis port=high
#pragma HLS PIPELINE II=2
    static int largest = -1000000;
    int x = a.read(), y = b.read(), z = a.read();
    int top = x > y ? x : y, bottom = x > y ? y : x;
    if (top > largest) largest = top;
    low.write(bottom * z);
    high.write(top);
    high.write(largest);
}
