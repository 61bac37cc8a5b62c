#include <ap_fixed.h>
#include <hls_stream.h>

typedef ap_fixed<16, 8> Number;

/// An element of a sparse matrix, or a row that has none.
struct Entry {
    short column;
    Number value;
    bool last, empty;
};

static void fetch(const int starts[7], const short columns[16], const Number values[16],
                  hls::stream<Entry> &out, int rows) {
    for (int r = 0; r < rows; ++r) {
        const int begin = starts[r], end = starts[r + 1];
        if (begin == end) {
            Entry none = {0, 0, true, true};
            out.write(none);
        }
        for (int k = begin; k < end; ++k) {
#pragma HLS PIPELINE II=1
            Entry entry = {columns[k], values[k], k == end - 1, false};
            out.write(entry);
        }
    }
}

static void multiply(hls::stream<Entry> &in, const Number dense[6][4], hls::stream<Number> &out, int rows) {
    Number sums[4] = {0, 0, 0, 0};
    for (int r = 0; r < rows;) {
#pragma HLS PIPELINE II=4
        const Entry entry = in.read();
        for (int j = 0; j < 4; ++j)
            if (!entry.empty) sums[j] += entry.value * dense[entry.column][j];
        if (entry.last) {
            for (int j = 0; j < 4; ++j) {
                out.write(sums[j]);
                sums[j] = 0;
            }
            ++r;
        }
    }
}

static void store(hls::stream<Number> &in, Number product[6][4], int rows) {
    for (int r = 0; r < rows; ++r)
        for (int j = 0; j < 4; ++j) product[r][j] = in.read();
}

// The column comes as bits of a word, so that LLVM makes one shift of its extension and the rows' size.
void df_sparse(const int starts[7], const short columns[16], const Number values[16],
               const Number dense[6][4], Number product[6][4], int rows) {
#pragma HLS ARRAY_PARTITION variable=dense dim=2 complete
#pragma HLS DATAFLOW
    hls::stream<Entry> entries("entries");
    hls::stream<Number, 8> sums("sums");
    fetch(starts, columns, values, entries, rows);
    multiply(entries, dense, sums, rows);
    store(sums, product, rows);
}
