#include "ap_int.h"
#include "hls_stream.h"
#include <cstdlib>
struct Packet { ap_int<12> value; bool urgent; ap_uint<5> lanes[2]; };
struct Answer { ap_int<20> sum; ap_uint<3> kind; };
void df_packets(hls::stream<Packet> &in, hls::stream<Answer> &out);

int main() {
    hls::stream<Packet> in;
    hls::stream<Answer> out;
    int wrong = 0;
    for (int run = 0; run < 4; run++) {
        Packet sent[20];
        for (Packet &p : sent) {
            p.value = std::rand();
            p.urgent = std::rand() & 8;
            p.lanes[0] = std::rand();
            p.lanes[1] = std::rand();
            in.write(p);
        }
        df_packets(in, out);
        for (Packet &p : sent) {
            const Answer a = out.read();
            wrong += a.sum != p.value * 9 + p.lanes[0] - p.lanes[1];
            wrong += a.kind != (p.urgent ? 5 : 2);
        }
    }
    return wrong + !in.empty() + !out.empty();
}
