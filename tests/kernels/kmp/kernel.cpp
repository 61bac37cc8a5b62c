// Knuth, Morris and Pratt: the failure table, then the matches of a pattern in a text.
int kmp(const char pattern[4], const char text[64]) {
    signed char next[4];
    int k = 0, matches = 0;
    next[0] = 0;
    for (int q = 1; q < 4; q++) {
        while (k > 0 && pattern[k] != pattern[q]) k = next[k - 1];
        if (pattern[k] == pattern[q]) k++;
        next[q] = k;
    }
    int q = 0;
    for (int i = 0; i < 64; i++) {
        while (q > 0 && pattern[q] != text[i]) q = next[q - 1];
        if (pattern[q] == text[i]) q++;
        if (q >= 4) {
            matches++;
            q = next[q - 1];
        }
    }
    return matches;
}
