#include <cstdint>
struct Mat {
    int16_t v[4][4];
    uint8_t tag;
};
static Mat mul(const Mat& a, const Mat& b) {
    Mat c;
    c.tag = a.tag ^ b.tag;
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            int32_t s = 0;
            for (int k = 0; k < 4; k++) s += a.v[i][k] * b.v[k][j];
            c.v[i][j] = (int16_t)(s >> 4);
        }
    return c;
}
void matrix_record(const Mat m[3], Mat& out) {
    Mat t = mul(m[0], m[1]);
    out = mul(t, m[2]);
}
