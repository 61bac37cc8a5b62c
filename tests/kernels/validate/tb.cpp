int validate(const unsigned char packet[24], unsigned char length);

int main() {
    unsigned char p[24] = {0xA5};
    unsigned sum = 0;
    for (int i = 1; i < 10; i++) sum += p[i] = 29 * i;
    p[10] = sum;
    int wrong = validate(p, 11) != int(sum & 255);
    wrong += validate(p, 3) != -1;
    wrong += validate(p, 25) != -1;
    wrong += validate(p, 8) != -3;
    p[6] = 0xFF;
    wrong += validate(p, 11) != -16;
    p[0] = 0;
    return wrong + (validate(p, 11) != -2);
}
