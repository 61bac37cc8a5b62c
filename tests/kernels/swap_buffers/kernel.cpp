// Double buffering by swapping pointers, as jacobi and fft kernels do it.
void swap_buffers(const int in[16], int out[16], int rounds) {
    int a[16], b[16];
    int *from = a, *to = b;
    for (int i = 0; i < 16; i++) a[i] = in[i];
    for (int r = 0; r < rounds; r++) {
        to[0] = from[0];
        to[15] = from[15];
        for (int i = 1; i < 15; i++) to[i] = (from[i - 1] + 2 * from[i] + from[i + 1]) >> 2;
        int* t = from;
        from = to;
        to = t;
    }
    for (int i = 0; i < 16; i++) out[i] = from[i];
}
