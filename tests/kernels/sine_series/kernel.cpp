// CHStone's dfsin in spirit: a series of doubles with a test of the term's size, and negation.
double sine_series(double x) {
    const double square = -(x * x);
    double term = x, sum = x;
    int n = 1;
terms:
    do {
        term = term * square / double((2 * n) * (2 * n + 1));
        sum += term;
        n++;
    } while ((term < 0 ? -term : term) > 1e-9);
    return sum;
}
