// A local array written in one loop and read back to front in the next.
void local_buffer(const int in[32], int out[32]) {
    int kept[32];
    for (int i = 0; i < 32; i++) kept[i] = in[i] * 3;
    for (int i = 0; i < 32; i++) out[i] = kept[31 - i] - in[i];
}
