#include <cstdint>
#include <cstdlib>
struct Record {
    int16_t few[5], many[16];
};
int either_record(uint16_t n, const Record records[6], int32_t larger[5][5]);

int main() {
    static Record records[6];
    static int32_t larger[5][5];
    int wrong = 0;
    for (int call = 0; call < 12; call++) {
        for (auto &r : records) {
            for (auto &x : r.few) x = std::rand();
            for (auto &x : r.many) x = std::rand();
        }
        const int n = std::rand() & 0xffff, i = n % 5;
        either_record(n, records, larger);
        for (int j = 0; j < 5; j++) wrong += larger[i][j] < records[j + 1].few[n % 5];
    }
    return wrong;
}
