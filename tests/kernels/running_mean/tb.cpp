#include <cstdlib>
int running_mean(short sample);

int main() {
    short all[40] = {};
    int wrong = 0;
    for (int n = 0; n < 40; n++) {
        all[n] = std::rand() % 20000 - 10000;
        int sum = 0;
        for (int i = n; i >= 0 && i > n - 8; i--) sum += all[i];
        wrong += running_mean(all[n]) != sum / 8;
    }
    return wrong;
}
