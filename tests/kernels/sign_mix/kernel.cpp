// Conversions between signed and unsigned, wide and narrow, as C does them.
int sign_mix(signed char a, unsigned char b, short c, unsigned d) {
    const unsigned char narrow = a;
    const int wide = (signed char)b;
    const unsigned compared = (unsigned)a > d ? 1 : 2;
    const long long product = (long long)c * (int)d;
    return narrow + wide * 3 + (int)compared * 1000 + (int)(product >> 16) + (a < b ? 7 : 9);
}
