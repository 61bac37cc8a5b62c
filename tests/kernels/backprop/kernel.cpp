// A step of training of a small network in Q8: forward, errors, new weights in place.
#define INPUTS 4
#define HIDDEN 4

static int relu(int v) { return v > 0 ? v : 0; }

void backprop(const short x[INPUTS], short target, short w1[HIDDEN][INPUTS], short w2[HIDDEN], int &error) {
    int hidden[HIDDEN];
    int out = 0;
forward:
    for (int h = 0; h < HIDDEN; h++) {
        int sum = 0;
        for (int i = 0; i < INPUTS; i++) sum += w1[h][i] * x[i];
        hidden[h] = relu(sum >> 8);
        out += w2[h] * hidden[h];
    }
    const int delta = target - (out >> 8);
backward:
    for (int h = 0; h < HIDDEN; h++) {
        const int gradient = hidden[h] > 0 ? (delta * w2[h]) >> 8 : 0;
        w2[h] += (delta * hidden[h]) >> 12;
        for (int i = 0; i < INPUTS; i++) w1[h][i] += (gradient * x[i]) >> 12;
    }
    error = delta;
}
