#include "ap_axi_sdata.h"
#include "hls_stream.h"

typedef ap_axiu<16, 1, 0, 0> Pixel;
void free_running(hls::stream<Pixel> &in, hls::stream<Pixel> &out, ap_uint<16> offset);

int main() {
    hls::stream<Pixel> in, out;
    int wrong = 0, before = 0;
    for (int line = 0; line < 4; line++) {
        int expected[12];
        for (int x = 0; x < 12; x++) {
            const int value = line * 1000 + x * x * 37;
            Pixel pixel;
            pixel.data = value;
            pixel.keep = pixel.strb = 3;
            pixel.user = 0;
            pixel.last = x == 11;
            in.write(pixel);
            expected[x] = (value + before) / 2 + 5;
            before = value;
        }
        free_running(in, out, 5);
        for (int x = 0; x < 12; x++) {
            const Pixel pixel = out.read();
            wrong += pixel.data != expected[x] || pixel.last != (x == 11);
            wrong += pixel.user != (x == 0) || pixel.keep != 3;
        }
    }
    return wrong;
}
