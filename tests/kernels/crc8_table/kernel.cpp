// CRC-8 by a table: a constant array that becomes a ROM, in a loop of variable length.
static const unsigned char TABLE[16] = {0x00, 0x07, 0x0E, 0x09, 0x1C, 0x1B, 0x12, 0x15,
                                        0x38, 0x3F, 0x36, 0x31, 0x24, 0x23, 0x2A, 0x2D};

unsigned char crc8_table(const unsigned char data[32], unsigned char length) {
    unsigned char crc = 0;
    for (int i = 0; i < length; i++) {
#pragma HLS LOOP_TRIPCOUNT min=0 max=32
        crc ^= data[i];
        crc = (crc << 4) ^ TABLE[crc >> 4];
        crc = (crc << 4) ^ TABLE[crc >> 4];
    }
    return crc;
}
