#include <cstdint>
#include <cstdlib>
struct Mat {
    int16_t v[4][4];
    uint8_t tag;
};
void matrix_record(const Mat m[3], Mat& out);
int main() {
    Mat m[3], o;
    for (int c = 0; c < 3; c++) {
        for (auto& x : m) {
            for (auto& r : x.v)
                for (auto& e : r) e = rand() % 512 - 256;
            x.tag = rand();
        }
        matrix_record(m, o);
    }
    return 0;
}
