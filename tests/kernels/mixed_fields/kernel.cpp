// Fields of other widths and signs side by side, at indices whose constants lie in the one before.
#include <stdint.h>
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

int32_t mixed_fields(Narrow a[4], Plain b[4]) {
    int32_t sum = 0;
    for (int i = 1; i < 3; i++) {
        a[i + 1].first[i + 1] = a[i - 1].first[i - 1] + sum;
        sum += a[i].second[i - 1] + a[i - 1].first[i + 3];
        a[i - 1].second[i + 2] = sum * 77;
    }
    for (int i = 2; i < 6; i++) {
        sum += b[(uint32_t)(i + 1) % 3].high[i - 2] * 3 - b[i - 2].middle[i - 2];
        b[i - 2].high[i - 2] = sum;
        b[(uint32_t)(i * 5) % 3].middle[5 - i] -= sum;
    }
    return sum;
}
