// Steps of bodies that attract one another, with the root of a distance in single precision.
#include "hls_math.h"
#define BODIES 3
#define STEPS 2

struct Body {
    float x, y, vx, vy, mass;
};

static void attract(Body body[BODIES], int i, int j) {
    const float dx = body[j].x - body[i].x, dy = body[j].y - body[i].y;
    const float square = dx * dx + dy * dy + 0.01f;
    const float pull = body[j].mass / (square * hls::sqrt(square));
    body[i].vx += 0.01f * pull * dx;
    body[i].vy += 0.01f * pull * dy;
}

void n_body(Body body[BODIES]) {
steps:
    for (int t = 0; t < STEPS; t++) {
    pairs:
        for (int i = 0; i < BODIES; i++)
            for (int j = 0; j < BODIES; j++)
                if (i != j) attract(body, i, j);
    move:
        for (int i = 0; i < BODIES; i++) {
            body[i].x += 0.01f * body[i].vx;
            body[i].y += 0.01f * body[i].vy;
        }
    }
}
