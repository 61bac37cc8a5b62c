void plain_c(const char text[20], int *vowels, int *longest);

int main(void) {
    int vowels, longest, wrong = 0;
    plain_c("queueing aoxeuxxxxa", &vowels, &longest);
    wrong += vowels != 10 || longest != 5;
    plain_c("rhythm cry sky why ", &vowels, &longest);
    return wrong + (vowels != 0 || longest != 0);
}
