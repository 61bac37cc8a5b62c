// A function with a loop, a table and a state of its own, called in loops and with other loops'
// arrays; one of its calls is in a pipeline, and is part of that.
static const unsigned char weight[16] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3};

static unsigned mix(unsigned value, int rounds) {
#pragma HLS INLINE off
    static unsigned carry = 1;
    for (int i = 0; i < rounds; i++) {
#pragma HLS LOOP_TRIPCOUNT min = 1 max = 16
        value = (value ^ carry) * weight[(value + i) & 15] + (value >> 7);
        carry += value & 0xff;
    }
    return value ^ carry;
}

static int spread(int value) {
#pragma HLS INLINE off
    return (value << 3) ^ (value >> 2);
}

unsigned kept_table(const int data[16], int result[16], int rounds) {
    unsigned total = mix((unsigned)rounds, 3);
    for (int i = 0; i < 16; i++) {
        if (data[i] > 0) total += mix((unsigned)data[i], (rounds & 7) + 1);
        else total ^= (unsigned)spread(data[i]);
    }
    for (int i = 0; i < 16; i++) {
#pragma HLS PIPELINE
        result[i] = spread(data[i]) + (int)total;
    }
    return total + mix(total, 2);
}
