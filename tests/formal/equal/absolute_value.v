module m(input signed [9:0] a, b, output [9:0] y);
    wire signed [10:0] d = a - b;
    assign y = d < 0 ? -d : d;
endmodule
// ---- gate
module m(input signed [9:0] a, b, output [9:0] y);
    wire [9:0] p = a - b, n = b - a;
    assign y = $signed(a) > $signed(b) ? p : n;
endmodule
