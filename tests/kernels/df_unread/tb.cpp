void df_unread(const int in[8], int out[8]);

int main() {
    int wrong = 0;
    for (int call = 0; call < 3; call++) {
        int in[8], out[8];
        for (int i = 0; i < 8; i++) in[i] = call * 100 + i * i;
        df_unread(in, out);
        for (int i = 0; i < 8; i++) wrong += out[i] != (in[i] + 1) * 2;
    }
    return wrong;
}
