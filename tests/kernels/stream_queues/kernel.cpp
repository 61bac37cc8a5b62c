// Streams that one function fills and empties itself: FIFOs of its own, one of them a delay line.
#include "hls_stream.h"

int stream_queues(const short in[20], int out[20]) {
    static hls::stream<short> all("all");
#pragma HLS STREAM variable=all depth=20
    hls::stream<int, 4> last;
    for (int i = 0; i < 20; i++) all.write(in[i] * 2);
    for (int i = 0; i < 20; i++) {
        if (i >= 3) out[i - 3] = last.read();
        short v = 0;
        if (!all.empty()) v = all.read();
        last.write(v * v);
    }
    int left = 0;
    while (!last.empty()) {
        out[17 + left] = last.read();
        left++;
    }
    return left;
}
