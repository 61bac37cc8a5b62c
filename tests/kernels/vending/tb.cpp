#include <cstdlib>
void vending(const unsigned char coins[30], unsigned char &sold, unsigned char &returned);

int main() {
    int wrong = 0;
    for (int round = 0; round < 4; round++) {
        unsigned char coins[30], sold, returned;
        int cents = 0, bottles = 0, back = 0;
        for (auto &c : coins) {
            c = 5 * (std::rand() % 3);
            cents += c;
            if (cents >= 20) bottles++, back += cents - 20, cents = 0;
        }
        vending(coins, sold, returned);
        wrong += sold != bottles || returned * 5 != back;
    }
    return wrong;
}
