// Structures through streams, in from outside, between tasks and out again.
#include "ap_int.h"
#include "hls_stream.h"

struct Packet {
    ap_int<12> value;
    bool urgent;
    ap_uint<5> lanes[2];
};

struct Answer {
    ap_int<20> sum;
    ap_uint<3> kind;
};

static void sort(hls::stream<Packet> &in, hls::stream<Packet> &urgent, hls::stream<Packet> &rest,
                 hls::stream<bool> &which) {
    for (int i = 0; i < 20; i++) {
        const Packet p = in.read();
        which.write(p.urgent);
        if (p.urgent) urgent.write(p);
        else rest.write(p);
    }
}

static void answer(hls::stream<Packet> &urgent, hls::stream<Packet> &rest, hls::stream<bool> &which,
                   hls::stream<Answer> &out) {
    for (int i = 0; i < 20; i++) {
        const bool first = which.read();
        const Packet p = first ? urgent.read() : rest.read();
        Answer a;
        a.sum = p.value * 9 + p.lanes[0] - p.lanes[1];
        a.kind = first ? 5 : 2;
        out.write(a);
    }
}

void df_packets(hls::stream<Packet> &in, hls::stream<Answer> &out) {
#pragma HLS DATAFLOW
    static hls::stream<Packet> urgent, rest;
    static hls::stream<bool> which("which");
    sort(in, urgent, rest, which);
    answer(urgent, rest, which, out);
}
