int piped_early(int a, int b, int *quotient);

int main() {
    int wrong = 0;
    for (int i = 0; i < 40; i++) {
        int a = i * 77711 - 900000, b = i * 13 - 200, quotient = 0;
        wrong += piped_early(a, b, &quotient) != a + b || quotient != a / (b | 1);
    }
    return wrong != 0;
}
