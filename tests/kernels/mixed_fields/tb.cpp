#include <stdint.h>
#include <stdlib.h>
#include "ap_int.h"

struct Narrow {
    ap_uint<25> first[6];
    ap_uint<25> single;
    ap_int<22> second[6];
};
struct Plain {
    uint8_t low[3];
    int8_t middle[4];
    int8_t single;
    uint8_t high[4];
};
int32_t mixed_fields(Narrow a[4], Plain b[4]);

int main() {
    static Narrow a[4];
    static Plain b[4];
    for (int call = 0; call < 6; call++) {
        for (Narrow &one : a) {
            one.single = rand();
            for (auto &x : one.first) x = rand();
            for (auto &x : one.second) x = rand();
        }
        for (uint8_t *x = (uint8_t *)b; x != (uint8_t *)(b + 4); x++) *x = rand();
        mixed_fields(a, b);
    }
}
