// A memory that is read, changed and written back at an address that depends on the data.
void histogram(const unsigned char pixels[64], unsigned short bins[16]) {
    for (int i = 0; i < 16; i++) bins[i] = 0;
count:
    for (int i = 0; i < 64; i++) {
#pragma HLS PIPELINE
        bins[pixels[i] >> 4]++;
    }
}
