// Packets with side channels: their length is known at their last beat alone.
#include "ap_axi_sdata.h"
#include "ap_int.h"
#include "hls_stream.h"

typedef ap_axiu<32, 0, 0, 0> Beat;

static void unpack(hls::stream<Beat> &in, hls::stream<ap_uint<32> > &words,
                   hls::stream<bool> &ends) {
    bool end = false;
    while (!end) {
        const Beat beat = in.read();
        words.write(beat.data);
        ends.write(beat.last);
        end = beat.last;
    }
}

static void check(hls::stream<ap_uint<32> > &words, hls::stream<bool> &ends,
                  hls::stream<Beat> &out) {
    bool end = false;
    ap_uint<32> sum = 0;
    while (!end) {
        const ap_uint<32> word = words.read();
        end = ends.read();
        sum = (sum << 1 | sum >> 31) ^ word;
        Beat beat;
        beat.data = sum;
        beat.keep = -1;
        beat.strb = -1;
        beat.last = end;
        out.write(beat);
    }
}

void df_axis(hls::stream<Beat> &in, hls::stream<Beat> &out) {
#pragma HLS INTERFACE axis port=in
#pragma HLS INTERFACE axis port=out
#pragma HLS DATAFLOW
    hls::stream<ap_uint<32> > words;
    hls::stream<bool> ends;
    unpack(in, words, ends);
    check(words, ends, out);
}
