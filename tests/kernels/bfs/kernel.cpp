// Breadth-first search over a graph of edge lists: levels of all nodes, by horizons.
#define NODES 16
#define EDGES 40

void bfs(const unsigned char begin[NODES + 1], const unsigned char target[EDGES], unsigned char start,
         signed char level[NODES], unsigned char &horizons) {
    for (int n = 0; n < NODES; n++) level[n] = -1;
    level[start] = 0;
    unsigned char horizon = 0;
    for (; horizon < NODES; horizon++) {
        bool found = false;
        for (int n = 0; n < NODES; n++) {
            if (level[n] == horizon) {
                const unsigned char last = begin[n + 1];
                for (unsigned char e = begin[n]; e < last; e++) {
                    const unsigned char next = target[e];
                    if (level[next] < 0) {
                        level[next] = horizon + 1;
                        found = true;
                    }
                }
            }
        }
        if (!found) break;
    }
    horizons = horizon;
}
