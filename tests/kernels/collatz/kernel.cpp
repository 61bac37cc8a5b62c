// Steps until the Collatz sequence reaches 1: `do while`.
unsigned collatz(unsigned n) {
    unsigned steps = 0;
    do {
        n = n & 1 ? 3 * n + 1 : n >> 1;
        steps++;
    } while (n != 1);
    return steps;
}
