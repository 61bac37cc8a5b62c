#include <cstdlib>
#include <initializer_list>
void histogram(const unsigned char pixels[64], unsigned short bins[16]);

int main() {
    int wrong = 0;
    for (int spread : {1, 20, 256}) {
        unsigned char pixels[64];
        unsigned short bins[16], want[16] = {};
        for (auto &p : pixels) want[(p = std::rand() % spread) / 16]++;
        histogram(pixels, bins);
        for (int i = 0; i < 16; i++) wrong += bins[i] != want[i];
    }
    return wrong;
}
