// Numbers of three words of 64 bits in structures whose step is none of theirs; the lesser of two
// fields of one array, whose places differ by no whole structures.
#include <ap_int.h>
#include <cstdint>
struct Wide {
    ap_int<130> a[4];
    ap_int<32> b[4];
};
struct Mixed {
    uint8_t small;
    int64_t large;
};
ap_int<130> wide_fields(Wide w[4], Mixed m[16], int i, ap_int<130> by, int64_t* least) {
    *least = m[7].large < m[14].large ? m[7].large : m[14].large;
    w[2].a[i & 3] += by;
    w[i & 1].b[3] = w[1].a[1].range(99, 90);
    return w[2].a[i & 3] ^ w[3].a[2];
}
