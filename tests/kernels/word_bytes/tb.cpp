#include <cstdint>
#include <cstdlib>

uint32_t word_bytes(const uint32_t w[8], uint8_t out[32], uint32_t turned[8]);

int main() {
    uint32_t words[8], turned[8] = {};
    uint8_t bytes[32];
    for (int call = 0; call < 3; call++) {
        for (auto& word : words) word = rand() * 3u;
        word_bytes(words, bytes, turned);
        for (int i = 0; i < 8; i++)
            if (turned[i] != __builtin_bswap32(words[i])) return 1;
    }
    return 0;
}
