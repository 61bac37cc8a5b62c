#include "kernel.h"
#include <cstdlib>
#include <cstring>

static int differ(const Header &a, const Header &b) {
    return a.length != b.length || a.tag != b.tag || std::memcmp(a.name, b.name, 5) != 0;
}
static int differ(const Reading &a, const Reading &b) {
    return a.value != b.value || std::memcmp(a.marks, b.marks, 6) != 0;
}

int main() {
    int wrong = 0;
    for (int k = 0; k < 9; k++) {
        Header headers[4], after[4];
        Reading readings[4], left[4], kept[3];
        for (int i = 0; i < 4; i++) {
            headers[i].length = std::rand(), headers[i].tag = std::rand() * 77777777ull;
            for (char &c : headers[i].name) c = std::rand();
            for (int8_t &m : readings[i].marks) m = std::rand();
            readings[i].value = std::rand() * -5555555555ll;
            after[i] = headers[i], left[i] = readings[i];
        }
        for (int i = 0; i < 4; i++) {
            Header one = after[i];
            one.name[i] = one.name[4 - i], one.length++;
            after[3 - i] = one;
        }
        Reading one = left[1];
        one.marks[2] += 5;
        left[k & 3] = one;
        for (int i = 0; i < 3; i++) kept[i] = left[i + 1];
        kept[k % 3].marks[k % 6] = 7;
        int total = 0;
        for (int i = 0; i < 3; i++) {
            left[i] = kept[2 - i];
            total += kept[i].marks[k % 6] + int(kept[i].value >> 40);
        }
        wrong += padded_copies(headers, readings, k) != total;
        for (int i = 0; i < 4; i++) wrong += differ(headers[i], after[i]) + differ(readings[i], left[i]);
    }
    return wrong != 0;
}
