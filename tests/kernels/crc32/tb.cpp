#include <cstring>
unsigned crc32(const unsigned char data[32], int length);

int main() {
    unsigned char data[32] = {};
    std::memcpy(data, "123456789", 9);
    int wrong = crc32(data, 9) != 0xCBF43926u;
    wrong += crc32(data, 0) != 0;
    data[0] = 'a';
    return wrong + (crc32(data, 1) != 0xE8B7BE43u);
}
