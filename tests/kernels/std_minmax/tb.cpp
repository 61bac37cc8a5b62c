#include <cstdlib>
void std_minmax(int a[16], int b[16], int &spread);

int main() {
    int a[16], b[16], low[16], high[16], spread, most = 0, wrong = 0;
    for (int i = 0; i < 16; i++) {
        a[i] = std::rand() % 20000 - 10000, b[i] = std::rand() % 20000 - 10000;
        low[i] = a[i] < b[i] ? a[i] : b[i], high[i] = a[i] < b[i] ? b[i] : a[i];
        most = high[i] - low[i] > most ? high[i] - low[i] : most;
        if (high[i] > 5000) high[i] = 5000;
    }
    std_minmax(a, b, spread);
    for (int i = 0; i < 16; i++) wrong += a[i] != low[i] || b[i] != high[i];
    return wrong + (spread != most);
}
