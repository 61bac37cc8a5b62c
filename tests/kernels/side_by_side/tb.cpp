#include <cstdlib>
struct Keys {
    unsigned char first[16], second[16], third[24];
    struct { short low, high; } pair[4];
    int sums[6];
};
struct Rows {
    Keys rows[2];
    int total;
};
void side_by_side(Keys &keys, const int at[6], Rows &out);

int main() {
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        Keys keys = {}, before;
        Rows out = {};
        int at[6];
        for (unsigned char &v : keys.first) v = std::rand();
        for (unsigned char &v : keys.second) v = std::rand();
        for (unsigned char &v : keys.third) v = std::rand();
        for (auto &p : keys.pair) p.low = std::rand(), p.high = std::rand();
        for (int &v : at) v = 3 + std::rand() % 13;
        before = keys;
        side_by_side(keys, at, out);
        for (int i = 4; i < 24; i++) before.third[i] ^= before.third[i - 4];
        for (int i = 0; i < 24; i++) wrong += keys.third[i] != before.third[i];
        for (int i = 0; i < 24; i++) wrong += out.rows[1].third[i] != before.third[23 - i];
        for (int i = 0; i < 16; i++) wrong += out.rows[1].first[i] != (unsigned char)(before.first[15 - i] + 1);
    }
    return wrong;
}
