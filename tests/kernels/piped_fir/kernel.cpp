// A filter that takes a sample in each call, from a stream to a stream, and keeps its delay line.
#include <hls_stream.h>

void piped_fir(hls::stream<short> &x, hls::stream<int> &y) {
#pragma HLS INTERFACE axis port=x
#pragma HLS INTERFACE axis port=y
#pragma HLS PIPELINE II=1
    static short line[8];
#pragma HLS ARRAY_PARTITION variable=line complete
    const short taps[8] = {1, -3, 5, 7, 7, 5, -3, 1};
    for (int i = 7; i > 0; i--) line[i] = line[i - 1];
    line[0] = x.read();
    int sum = 0;
    for (int i = 0; i < 8; i++) sum += line[i] * taps[i];
    y.write(sum);
}
