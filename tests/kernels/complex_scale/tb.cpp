#include <cstdlib>
struct Complex {
    short re;
    short im;
};
void complex_scale(Complex data[16], Complex by);

int main() {
    int wrong = 0;
    for (int round = 0; round < 3; round++) {
        Complex data[16], before[16];
        const Complex by = {short(200 - 90 * round), short(60 * round - 31)};
        for (int i = 0; i < 16; i++) before[i] = data[i] = {short(std::rand() % 4000), short(-std::rand() % 4000)};
        complex_scale(data, by);
        for (int i = 0; i < 16; i++) {
            const long re = long(before[i].re) * by.re - long(before[i].im) * by.im;
            const long im = long(before[i].re) * by.im + long(before[i].im) * by.re;
            wrong += data[i].re != short(re >> 8) || data[i].im != short(im >> 8);
        }
    }
    return wrong;
}
