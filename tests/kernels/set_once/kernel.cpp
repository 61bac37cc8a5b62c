// The first iteration of a loop sets a word to what is known before it, and nothing else uses that value.
#include <stdint.h>

int set_once(const uint16_t times[4], const uint64_t words[4]) {
    static const uint64_t limits[5] = {3, 3, 7, 90, 90};
    int rounds = 0;
    for (int i = 0; i < 4; i++) {
        uint64_t word = words[i];
        int left = (limits[times[i] % 5] >> i) & 7;
        while (left-- > 0 && word - limits[i] < limits[i]) {
            word |= 1;
            rounds++;
        }
    }
    return rounds;
}
