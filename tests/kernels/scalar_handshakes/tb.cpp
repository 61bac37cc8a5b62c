int scalar_handshakes(int price, short amount, unsigned char rate, int *total, int *most,
                      long long &account);

int main() {
    int wrong = 0;
    long long account = 1, expected = 1;
    for (int run = 0; run < 6; run++) {
        const int price = 100 * run - 120, amount = 3 + run, rate = 7 * run;
        int total = 0, most = 0, sum = 0, greatest = 0;
        for (int i = 0; i < amount; i++) {
            const int step = price + i * rate;
            sum += step;
            if (step > greatest) greatest = step;
        }
        if (sum % 2 == 0) expected += sum;
        wrong += scalar_handshakes(price, amount, rate, &total, &most, account) != sum - greatest;
        wrong += total != sum || most != greatest || account != expected;
    }
    return wrong;
}
