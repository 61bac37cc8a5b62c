module m(input [3:0] d, output reg [3:0] y);
    always @* y = d == 9 ? 0 : d + 1;
endmodule
// ---- gate
module m(input [3:0] d, output reg [3:0] y);
    always @* if (d == 9) y = 4'bx; else y = d + 1;
endmodule
