// A systolic array of tasks: unrolled loops call one for each cell, and streams in arrays join them.
#include "ap_int.h"
#include "hls_stream.h"

const int S = 2, DEPTH = 8;
typedef ap_int<8> value_t;
typedef ap_int<24> sum_t;
typedef hls::stream<value_t> lane_t;

static void feed_rows(const value_t a[S][DEPTH], lane_t rows[S]) {
    for (int k = 0; k < DEPTH; k++)
        for (int i = 0; i < S; i++) {
#pragma HLS UNROLL
            rows[i].write(a[i][k]);
        }
}

static void feed_columns(const value_t b[DEPTH][S], lane_t columns[S]) {
    for (int k = 0; k < DEPTH; k++)
        for (int j = 0; j < S; j++) {
#pragma HLS UNROLL
            columns[j].write(b[k][j]);
        }
}

static void cell(lane_t &left, lane_t &up, lane_t &right, lane_t &down, hls::stream<sum_t> &out) {
    sum_t sum = 0;
    for (int k = 0; k < DEPTH; k++) {
#pragma HLS PIPELINE II=1
        const value_t a = left.read(), b = up.read();
        sum += a * b;
        right.write(a);
        down.write(b);
    }
    out.write(sum);
}

static void drain(lane_t &lane) {
    for (int k = 0; k < DEPTH; k++) lane.read();
}

static void collect(hls::stream<sum_t> sums[S][S], int c[S][S]) {
    for (int i = 0; i < S; i++) {
#pragma HLS UNROLL
        for (int j = 0; j < S; j++) {
#pragma HLS UNROLL
            c[i][j] = sums[i][j].read();
        }
    }
}

void df_systolic(const value_t a[S][DEPTH], const value_t b[DEPTH][S], int c[S][S]) {
#pragma HLS DATAFLOW
    lane_t rows[S], across[S][S + 1], down[S + 1][S];
    hls::stream<sum_t> sums[S][S];
    feed_rows(a, rows);
    feed_columns(b, down[0]);
    for (int i = 0; i < S; i++) {
#pragma HLS UNROLL
        for (int j = 0; j < S; j++) {
#pragma HLS UNROLL
            cell(j == 0 ? rows[i] : across[i][j], down[i][j], across[i][j + 1], down[i + 1][j],
                 sums[i][j]);
        }
    }
    for (int i = 0; i < S; i++) {
#pragma HLS UNROLL
        drain(across[i][S]);
        drain(down[S][i]);
    }
    collect(sums, c);
}
