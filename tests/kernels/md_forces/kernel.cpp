// Forces between particles and their listed neighbours, in whole numbers: MachSuite's md in spirit.
#define ATOMS 8
#define NEIGHBOURS 4

void md_forces(const short x[ATOMS], const short y[ATOMS], const unsigned char list[ATOMS][NEIGHBOURS],
               int fx[ATOMS], int fy[ATOMS]) {
atoms:
    for (int i = 0; i < ATOMS; i++) {
        int sum_x = 0, sum_y = 0;
        const short own_x = x[i], own_y = y[i];
    near:
        for (int j = 0; j < NEIGHBOURS; j++) {
            const int other = list[i][j];
            const int dx = own_x - x[other], dy = own_y - y[other];
            const unsigned r2 = dx * dx + dy * dy + 1;
            const int strength = 1048576 / int(r2);
            sum_x += dx * strength;
            sum_y += dy * strength;
        }
        fx[i] = sum_x >> 6;
        fy[i] = sum_y >> 6;
    }
}
