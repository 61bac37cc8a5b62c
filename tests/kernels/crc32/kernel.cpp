// CRC-32 of a text, a bit at a time, with the inner loop unrolled.
unsigned crc32(const unsigned char data[32], int length) {
    unsigned crc = 0xFFFFFFFF;
    for (int i = 0; i < length; i++) {
        crc ^= data[i];
        for (int b = 0; b < 8; b++) {
#pragma HLS UNROLL
            crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0u);
        }
    }
    return ~crc;
}
