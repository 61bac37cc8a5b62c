#include <ap_int.h>
#include <cstdlib>
#include <hls_stream.h>
struct beat_t {
    ap_int<70> value;
    ap_uint<3> tag;
};
void dealt_streams(hls::stream<beat_t>& in, hls::stream<beat_t> out[2]);
int main() {
    hls::stream<beat_t> in, out[2];
    int sent = 0, wrong = 0;
    for (int r = 0; r < 3; r++) {
        for (int i = 0; i < 24; i++) {
            beat_t beat;
            beat.value = ap_int<70>(rand()) * rand() * rand();
            beat.tag = i < 16 ? ap_uint<3>(i & 7) : ap_uint<3>(r == 1 ? 5 : rand());
            sent += beat.tag[2];
            in.write(beat);
        }
        dealt_streams(in, out);
    }
    for (int o = 0; o < 2; o++)
        while (!out[o].empty()) {
            const beat_t beat = out[o].read();
            wrong += beat.tag[2] != o;
            sent -= o;
        }
    return wrong || sent;
}
