// Bits of wide fields of structures: an access of a part of one has the width of another's elements.
#include "ap_int.h"

struct Row {
    ap_int<51> counts[6];
    ap_int<130> keys[4];
    ap_int<130> total;
};

int wide_parts(Row rows[8], const ap_uint<3> at[8]) {
    int set = 0;
    for (int i = 0; i < 8; i++) {
        const int r = at[i], k = at[7 - i] % 3 + 1;
        set = set * 2 + rows[r].total[41] + rows[r].keys[k - 1][100];
        rows[r].keys[k].range(20, 11) = rows[i].counts[k].range(9, 0);
        rows[i].total[99] = rows[i].keys[k][3];
    }
    return set;
}
