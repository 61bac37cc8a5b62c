module m(input clk, input rst, input clear, input signed [5:0] a, b, output reg signed [15:0] acc);
    always @(posedge clk)
        if (rst || clear) acc <= 0;
        else acc <= acc + a * b;
endmodule
// ---- gate
module m(input clk, input rst, input clear, input signed [5:0] a, b, output reg signed [15:0] acc);
    wire signed [11:0] p = b * a;
    wire [15:0] next = {{4{p[11]}}, p} + acc;
    always @(posedge clk) acc <= next & {16{!(rst | clear)}};
endmodule
