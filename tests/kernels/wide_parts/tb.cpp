#include "ap_int.h"

struct Row {
    ap_int<51> counts[6];
    ap_int<130> keys[4];
    ap_int<130> total;
};
int wide_parts(Row rows[8], const ap_uint<3> at[8]);

static unsigned state = 12345;
static ap_int<130> number() {
    ap_int<130> x = 0;
    for (int i = 0; i < 5; i++) x = (x << 30) ^ ap_int<130>((state = state * 1664525u + 1013904223u) >> 2);
    return x;
}

int main() {
    static Row rows[8];
    static ap_uint<3> at[8];
    for (int call = 0; call < 4; call++) {
        for (Row &row : rows) {
            for (auto &count : row.counts) count = ap_int<51>(number());
            for (auto &key : row.keys) key = number();
            row.total = number();
        }
        for (auto &place : at) place = ap_uint<3>(number() >> 40);
        wide_parts(rows, at);
    }
}
