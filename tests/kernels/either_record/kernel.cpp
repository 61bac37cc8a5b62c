// One of two places in an array of structures with arrays side by side, chosen by their values.
#include <cstdint>

struct Record {
    int16_t few[5], many[16];
};

int either_record(uint16_t n, const Record records[6], int32_t larger[5][5]) {
    Record own[6];
    for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 5; j++) own[i].few[j] = records[i].few[4 - j];
        for (int j = 1; j <= 16; j++) own[i].many[j - 1] = records[i].many[j - 1] + i;
    }
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++)
            larger[i][j] = records[i + 1].few[j] >= records[j + 1].few[n % 5]
                               ? int(records[i + 1].few[j])
                               : int(records[j + 1].few[n % 5]);
    (n & 1 ? own[n % 6].few[n % 5] : own[2].many[n & 15]) += n;
    return own[n % 6].few[n % 5] + 3 * own[2].many[n & 15];
}
