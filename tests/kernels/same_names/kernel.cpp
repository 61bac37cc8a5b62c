// Variables of one name: in two functions, in two namespaces, and objects that are made at their first use.
namespace low {
static const int table[4] = {1, 2, 3, 4};
int total = 5;
}
namespace high {
static const int table[4] = {100, 200, 300, 400};
int total = 500;
}

struct Sum {
    int value;
    Sum() { value = 7; }
    int add(int x) { return value += x; }
};

static int count_ones(int x) {
    static int seen = 10;
    static Sum sum;
    if (x & 1) seen++;
    return seen + sum.add(x);
}

static int count_twos(int x) {
    static int seen = 2000;
    static Sum sum;
    if (x & 2) seen += 2;
    return seen - sum.add(2 * x);
}

int same_names(int x) {
    low::total += low::table[x & 3];
    high::total -= high::table[x & 3];
    return count_ones(x) * 3 + count_twos(x) + low::total + high::total * 7;
}
