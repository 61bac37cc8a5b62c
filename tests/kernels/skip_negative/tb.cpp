#include <cstdlib>
void skip_negative(const short x[40], int &sum, unsigned char &count);

int main() {
    int wrong = 0;
    for (int round = 0; round < 4; round++) {
        short x[40];
        int want = 0, number = 0, sum;
        unsigned char count;
        for (short &v : x) {
            v = short(std::rand() - std::rand());
            if (v > 0) want += v, number++;
        }
        skip_negative(x, sum, count);
        wrong += sum != want || count != number;
    }
    return wrong;
}
