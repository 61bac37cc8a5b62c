// Lambdas that inline: one with captures, one handed to a template.
template <class F> static void each(short data[24], F change) {
    for (int i = 0; i < 24; i++) data[i] = change(data[i], i);
}

void lambda_map(short data[24], short gain, short offset) {
    auto clip = [](int v) { return short(v > 1000 ? 1000 : v < -1000 ? -1000 : v); };
    each(data, [&](short v, int i) { return clip(v * gain + (i & 1 ? offset : -offset)); });
}
