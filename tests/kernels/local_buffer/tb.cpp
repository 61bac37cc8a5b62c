void local_buffer(const int in[32], int out[32]);

int main() {
    int in[32], out[32], wrong = 0;
    for (int i = 0; i < 32; i++) in[i] = 1000 - i * i;
    local_buffer(in, out);
    for (int i = 0; i < 32; i++) wrong += out[i] + in[i] != 3 * in[31 - i];
    return wrong;
}
