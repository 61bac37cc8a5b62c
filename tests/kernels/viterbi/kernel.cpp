// The likeliest path through a hidden Markov model, with costs instead of probabilities.
#define STATES 4
#define STEPS 10

void viterbi(const unsigned char observed[STEPS], const unsigned char transition[STATES][STATES],
             const unsigned char emission[STATES][4], unsigned char path[STEPS]) {
    unsigned short cost[STEPS][STATES];
    unsigned char from[STEPS][STATES];
    for (int s = 0; s < STATES; s++) cost[0][s] = emission[s][observed[0]];
    for (int t = 1; t < STEPS; t++)
        for (int s = 0; s < STATES; s++) {
            unsigned short best = 65535;
            unsigned char which = 0;
            for (int p = 0; p < STATES; p++) {
                const unsigned short now = cost[t - 1][p] + transition[p][s] + emission[s][observed[t]];
                if (now < best) best = now, which = p;
            }
            cost[t][s] = best;
            from[t][s] = which;
        }
    unsigned char last = 0;
    for (int s = 1; s < STATES; s++)
        if (cost[STEPS - 1][s] < cost[STEPS - 1][last]) last = s;
    path[STEPS - 1] = last;
    for (int t = STEPS - 1; t > 0; t--) {
        last = from[t][last];
        path[t - 1] = last;
    }
}
