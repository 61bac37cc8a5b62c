// A state machine over a string of coins: an enumeration and a switch within a loop.
enum State { EMPTY, FIVE, TEN, FIFTEEN };

void vending(const unsigned char coins[30], unsigned char &sold, unsigned char &returned) {
    State state = EMPTY;
    unsigned char bottles = 0, back = 0;
    for (int i = 0; i < 30; i++) {
        const unsigned char coin = coins[i];
        switch (state) {
        case EMPTY: state = coin == 5 ? FIVE : coin == 10 ? TEN : EMPTY; break;
        case FIVE: state = coin == 5 ? TEN : coin == 10 ? FIFTEEN : FIVE; break;
        case TEN:
            if (coin == 5) state = FIFTEEN;
            if (coin == 10) state = EMPTY, bottles++;
            break;
        case FIFTEEN:
            if (coin == 0) break;
            if (coin == 10) back++;
            bottles++;
            state = EMPTY;
        }
    }
    sold = bottles;
    returned = back;
}
