module m(input [9:0] a, output [15:0] y);
    assign y = a * 45;
endmodule
// ---- gate
module m(input [9:0] a, output [15:0] y);
    wire [15:0] w = a;
    assign y = (w << 5) + (w << 3) + (w << 2) + w;
endmodule
