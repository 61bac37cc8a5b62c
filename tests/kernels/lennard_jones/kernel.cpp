// Forces between atoms and their neighbours in double precision: MachSuite's md in spirit.
#define ATOMS 4
#define NEIGHBOURS 3

struct Point {
    double x, y, z;
};

void lennard_jones(const Point position[ATOMS], const int list[ATOMS][NEIGHBOURS], Point force[ATOMS]) {
atoms:
    for (int i = 0; i < ATOMS; i++) {
        const Point own = position[i];
        Point sum = {0, 0, 0};
    near:
        for (int j = 0; j < NEIGHBOURS; j++) {
            const Point other = position[list[i][j]];
            const double dx = own.x - other.x, dy = own.y - other.y, dz = own.z - other.z;
            const double inverse = 1.0 / (dx * dx + dy * dy + dz * dz);
            const double sixth = inverse * inverse * inverse;
            const double strength = inverse * (sixth * (1.5 * sixth - 2.0));
            sum.x += dx * strength;
            sum.y += dy * strength;
            sum.z += dz * strength;
        }
        force[i] = sum;
    }
}
