// An arithmetic unit: `switch` with a fall-through and a default.
int alu_switch(unsigned char op, int a, int b) {
    int result;
    switch (op) {
    case 0: result = a + b; break;
    case 1: result = a - b; break;
    case 2: result = a & b; break;
    case 3: result = a | b; break;
    case 4: result = a ^ b; break;
    case 5: result = a < b; break;
    case 6:
    case 7: result = int(unsigned(a) >> (b & 31)); break;
    case 8: result = a >> (b & 31); break;
    case 9: b = -b; [[fallthrough]];
    default: result = a + 2 * b;
    }
    return result;
}
