module m(input signed [9:0] a, b, output [9:0] y);
    assign y = a > b ? a : b;
endmodule
// ---- gate
module m(input [9:0] a, b, output [9:0] y);
    assign y = a > b ? a : b;
endmodule
