// Needleman and Wunsch: the score matrix of two sequences, and the best score.
#define LENGTH 12

int needleman(const char a[LENGTH], const char b[LENGTH], short score[LENGTH + 1][LENGTH + 1]) {
    for (int i = 0; i <= LENGTH; i++) {
        score[0][i] = -i;
        score[i][0] = -i;
    }
    for (int i = 1; i <= LENGTH; i++)
        for (int j = 1; j <= LENGTH; j++) {
            const short match = score[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 1 : -1);
            const short up = score[i - 1][j] - 1, left = score[i][j - 1] - 1;
            const short gap = up > left ? up : left;
            score[i][j] = match > gap ? match : gap;
        }
    return score[LENGTH][LENGTH];
}
