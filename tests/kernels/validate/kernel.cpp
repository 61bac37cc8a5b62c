// A header check with early returns, from straight code and from within a loop.
int validate(const unsigned char packet[24], unsigned char length) {
    if (length < 4 || length > 24) return -1;
    if (packet[0] != 0xA5) return -2;
    unsigned char sum = 0;
    for (int i = 1; i < length - 1; i++) {
        if (packet[i] == 0xFF) return -10 - i;
        sum += packet[i];
    }
    return sum == packet[length - 1] ? sum : -3;
}
