/* Plain C: no headers of HLS, a pointer as the result, and int for truth. */
#define LENGTH 20

static int is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

void plain_c(const char text[LENGTH], int *vowels, int *longest) {
    int run = 0, best = 0, count = 0, i;
    for (i = 0; i < LENGTH; ++i) {
        if (is_vowel(text[i])) {
            ++count;
            ++run;
            best = run > best ? run : best;
        } else
            run = 0;
    }
    *vowels = count;
    *longest = best;
}
