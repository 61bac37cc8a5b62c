unsigned collatz(unsigned n);

int main() {
    return (collatz(2) != 1) + (collatz(7) != 16) + (collatz(27) != 111) + (collatz(6) != 8) + (collatz(1) != 3);
}
