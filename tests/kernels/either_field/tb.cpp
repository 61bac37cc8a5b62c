#include <cstdint>
#include <cstdio>
#include <cstdlib>

struct Tables {
    uint16_t few[4];
    int64_t low[6], high[6];
    uint16_t last;
};

int64_t either_field(const uint16_t keys[8], Tables &given);

int main() {
    srand(41);
    for (int call = 0; call < 10; call++) {
        uint16_t keys[8];
        Tables given;
        for (auto &key : keys) key = rand();
        for (auto &v : given.few) v = rand();
        for (auto &v : given.low) v = call == 3 ? INT64_MIN : (int64_t(rand()) << 31) - rand();
        for (auto &v : given.high) v = call == 3 ? INT64_MAX : (int64_t(rand()) << 31) - rand();
        given.last = rand();
        printf("%lld\n", (long long)either_field(keys, given));
    }
    return 0;
}
