// A 3x3 stencil over a stream of pixels: windows from two line buffers, then the sum, then a limit.
#include "ap_int.h"
#include "hls_stream.h"

const int W = 12, H = 7;

struct Column {
    ap_uint<8> up, here, down;
};

static void lines(hls::stream<ap_uint<8> > &in, hls::stream<Column> &columns) {
    ap_uint<8> before[2][W];
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
#pragma HLS PIPELINE II=1
            const Column column = {before[0][x], before[1][x], in.read()};
            before[0][x] = column.here;
            before[1][x] = column.down;
            if (y >= 2) columns.write(column);
        }
    }
}

static void edges(hls::stream<Column> &columns, hls::stream<int> &sums) {
    for (int y = 2; y < H; y++) {
        Column a = {0, 0, 0}, b = {0, 0, 0};
        for (int x = 0; x < W; x++) {
#pragma HLS PIPELINE II=1
            const Column c = columns.read();
            if (x >= 2) {
                sums.write(4 * b.here - b.up - b.down - a.here - c.here);
            }
            a = b;
            b = c;
        }
    }
}

static void limit(hls::stream<int> &sums, hls::stream<ap_uint<8> > &out) {
    for (int i = 0; i < (H - 2) * (W - 2); i++) {
#pragma HLS PIPELINE II=1
        const int v = sums.read();
        out.write(v < 0 ? 0 : v > 255 ? 255 : v);
    }
}

void df_stencil(hls::stream<ap_uint<8> > &in, hls::stream<ap_uint<8> > &out) {
#pragma HLS INTERFACE axis port=in
#pragma HLS INTERFACE axis port=out
#pragma HLS DATAFLOW
    hls::stream<Column, 4> columns;
    hls::stream<int, 4> sums;
    lines(in, columns);
    edges(columns, sums);
    limit(sums, out);
}
