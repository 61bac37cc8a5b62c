void block_add(const int in[32], int out[16]);

int main() {
    int in[32], out[16], wrong = 0;
    for (int i = 0; i < 32; i++) in[i] = i * i * i - 900 * i;
    block_add(in, out);
    for (int i = 0; i < 16; i++) wrong += out[i] + in[i + 16] != in[i];
    return wrong;
}
