// Scalars with handshakes of their own, and a call that ends when the caller lets it go on.
int scalar_handshakes(int price, short amount, unsigned char rate, int *total, int *most,
                      long long &account) {
#pragma HLS INTERFACE ap_ctrl_chain port=return
#pragma HLS INTERFACE ap_hs port=price
#pragma HLS INTERFACE ap_ack port=amount
#pragma HLS INTERFACE ap_vld port=rate
#pragma HLS INTERFACE ap_hs port=total
#pragma HLS INTERFACE ap_ack port=most
#pragma HLS INTERFACE mode=ap_hs port=account
    int sum = 0, greatest = 0;
    for (int i = 0; i < amount; i++) {
        const int step = price + i * rate;
        sum += step;
        greatest = step > greatest ? step : greatest;
    }
    *total = sum;
    *most = greatest;
    if (sum % 2 == 0) account += sum;
    return sum - greatest;
}
