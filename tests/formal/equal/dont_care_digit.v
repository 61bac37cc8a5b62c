module m(input [3:0] d, output reg [6:0] seg);
    always @* case (d)
        0: seg = 7'h3f; 1: seg = 7'h06; 2: seg = 7'h5b; 3: seg = 7'h4f; 4: seg = 7'h66;
        5: seg = 7'h6d; 6: seg = 7'h7d; 7: seg = 7'h07; 8: seg = 7'h7f; 9: seg = 7'h6f;
        default: seg = 7'bx;
    endcase
endmodule
// ---- gate
module m(input [3:0] d, output [6:0] seg);
    wire [6:0] rom [0:15];
    assign rom[0] = 7'h3f, rom[1] = 7'h06, rom[2] = 7'h5b, rom[3] = 7'h4f, rom[4] = 7'h66;
    assign rom[5] = 7'h6d, rom[6] = 7'h7d, rom[7] = 7'h07, rom[8] = 7'h7f, rom[9] = 7'h6f;
    assign rom[10] = 0, rom[11] = 1, rom[12] = 2, rom[13] = 3, rom[14] = 4, rom[15] = 5;
    assign seg = rom[d];
endmodule
