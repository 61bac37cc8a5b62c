#include <cstdlib>
#include <cstring>
int kmp(const char pattern[4], const char text[64]);

int main() {
    int wrong = 0;
    const char *patterns[] = {"abab", "aaaa", "abca", "baba"};
    for (const char *pattern : patterns) {
        char text[64];
        int want = 0;
        for (char &c : text) c = 'a' + std::rand() % 2;
        for (int i = 0; i + 4 <= 64; i++) want += !std::memcmp(text + i, pattern, 4);
        wrong += kmp(pattern, text) != want;
    }
    return wrong;
}
