module add #(parameter W = 4)(input [W-1:0] a, b, output [W:0] s);
    assign s = a + b;
endmodule
module m(input [5:0] a, b, c, output [7:0] y);
    wire [6:0] t;
    add #(6) one (a, b, t);
    add #(7) two (t, {1'b0, c}, y);
endmodule
// ---- gate
module m(input [5:0] a, b, c, output [7:0] y);
    assign y = {2'b0, c} + a + b;
endmodule
