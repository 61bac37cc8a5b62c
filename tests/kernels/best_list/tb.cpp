#include <cstdlib>

struct Entry {
    short score;
    unsigned short place;
};
void best_list(const short scores[64], Entry out[5]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 4; call++) {
        short scores[64];
        bool taken[64] = {};
        Entry out[5];
        for (short &s : scores) s = std::rand() % (call % 2 ? 40 : 20000) - 20;
        best_list(scores, out);
        for (int k = 0; k < 5; k++) {
            int best = -1;
            for (int i = 0; i < 64; i++)
                if (!taken[i] && (best < 0 || scores[i] > scores[best])) best = i;
            taken[best] = true;
            wrong += out[k].score != scores[best] || scores[out[k].place] != out[k].score;
        }
    }
    return wrong != 0;
}
