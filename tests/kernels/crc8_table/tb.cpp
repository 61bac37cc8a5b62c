#include <cstring>
unsigned char crc8_table(const unsigned char data[32], unsigned char length);

int main() {
    unsigned char data[32] = {};
    std::memcpy(data, "123456789", 9);
    int wrong = crc8_table(data, 9) != 0xF4;
    for (int length = 0; length < 9; length++) {
        unsigned crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= data[i];
            for (int b = 0; b < 8; b++) crc = (crc << 1 ^ (crc & 0x80 ? 7 : 0)) & 0xFF;
        }
        wrong += crc8_table(data, length) != crc;
    }
    return wrong;
}
