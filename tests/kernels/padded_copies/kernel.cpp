// Structures with gaps between their fields: copied whole, with arrays that have an index of their own.
#include "kernel.h"

int padded_copies(Header headers[4], Reading readings[4], int k) {
    for (int i = 0; i < 4; i++) {
        Header header = headers[i];
        header.name[i] = header.name[4 - i];
        header.length++;
        headers[3 - i] = header;
    }
    Reading first = readings[1];
    first.marks[2] += 5;
    readings[k & 3] = first;
    Reading kept[3];
    for (int i = 0; i < 3; i++) kept[i] = readings[i + 1];
    kept[k % 3].marks[k % 6] = 7;
    int total = 0;
    for (int i = 0; i < 3; i++) {
        readings[i] = kept[2 - i];
        total += kept[i].marks[k % 6] + int(kept[i].value >> 40);
    }
    return total;
}
