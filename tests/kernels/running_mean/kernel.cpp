// State that stays between calls: a window and its sum in static variables.
int running_mean(short sample) {
    static short window[8];
    static unsigned char next = 0;
    static int sum = 0;
    sum += sample - window[next];
    window[next] = sample;
    next = (next + 1) & 7;
    return sum / 8;
}
