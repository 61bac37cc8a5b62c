// The 16 greatest of 64 scores, with their places, one after the other.
#include <cstdint>
void top16(const int16_t score[64], int16_t best[16], uint8_t place[16]) {
    bool taken[64] = {};
    for (int n = 0; n < 16; n++) {
        int16_t most = -32768;
        int at = 0;
        for (int i = 0; i < 64; i++)
            if (!taken[i] && score[i] > most) {
                most = score[i];
                at = i;
            }
        taken[at] = true;
        best[n] = most;
        place[n] = at;
    }
}
