#include <stdint.h>

int set_once(const uint16_t times[4], const uint64_t words[4]);

int main() {
    const uint64_t limits[5] = {3, 3, 7, 90, 90};
    int wrong = 0;
    for (int call = 0; call < 12; call++) {
        uint16_t times[4];
        uint64_t words[4];
        int rounds = 0;
        for (int i = 0; i < 4; i++) {
            times[i] = call * 3 + i;
            words[i] = call % 3 ? limits[i] + (call + i) % 4 : call * 40 + i;
            int left = (limits[times[i] % 5] >> i) & 7;
            uint64_t word = words[i];
            for (; left > 0 && word - limits[i] < limits[i]; left--) {
                word |= 1;
                rounds++;
            }
        }
        wrong += set_once(times, words) != rounds;
    }
    return wrong != 0;
}
