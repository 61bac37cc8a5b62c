#include <cstdlib>

extern "C" void bit_reader(const unsigned char bytes[48], short numbers[12]);

int main() {
    unsigned char bytes[48];
    short numbers[12];
    for (int call = 0; call < 5; call++) {
        for (auto &byte : bytes) byte = rand() >> call;
        bit_reader(bytes, numbers);
    }
    return 0;
}
