// Beats dealt out to four workers and collected from them, by streams whose number varies.
#include <ap_int.h>
#include <hls_stream.h>

struct beat_t {
    ap_int<70> value;
    ap_uint<3> tag;
};

static void deal(hls::stream<beat_t>& in, hls::stream<beat_t> to[4], hls::stream<ap_uint<2> >& order) {
    for (int i = 0; i < 24; i++) {
#pragma HLS PIPELINE II=1
        const beat_t beat = in.read();
        const ap_uint<2> number = beat.tag(1, 0);
        to[number].write(beat);
        order.write(number);
    }
}

static void collect(hls::stream<beat_t> from[4], hls::stream<ap_uint<2> >& order,
                    hls::stream<beat_t> out[2]) {
    for (int i = 0; i < 24; i++) {
#pragma HLS PIPELINE II=1
        const beat_t beat = from[order.read()].read();
        out[beat.tag[2]].write(beat);
    }
}

void dealt_streams(hls::stream<beat_t>& in, hls::stream<beat_t> out[2]) {
#pragma HLS DATAFLOW
    hls::stream<beat_t> between[4];
    hls::stream<ap_uint<2> > order;
#pragma HLS STREAM variable=between depth=8
#pragma HLS STREAM variable=order depth=32
    deal(in, between, order);
    collect(between, order, out);
}
