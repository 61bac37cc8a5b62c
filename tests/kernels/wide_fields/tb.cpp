#include <ap_int.h>
#include <cstdint>
#include <cstdlib>
struct Wide {
    ap_int<130> a[4];
    ap_int<32> b[4];
};
struct Mixed {
    uint8_t small;
    int64_t large;
};
ap_int<130> wide_fields(Wide w[4], Mixed m[16], int i, ap_int<130> by, int64_t* least);
int main() {
    Wide w[4];
    Mixed m[16];
    int64_t least;
    for (int r = 0; r < 12; r++) {
        for (Wide& x : w)
            for (int i = 0; i < 4; i++) x.a[i] = (ap_int<130>(rand()) << 100) ^ rand(), x.b[i] = rand();
        for (Mixed& x : m) x = {(uint8_t)rand(), ((int64_t)rand() << 33) - rand()};
        wide_fields(w, m, r, (ap_int<130>(rand()) << 60) - rand(), &least);
    }
    return 0;
}
