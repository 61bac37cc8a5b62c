module m(input clk, input [31:0] v, output reg [9:0] s);
    always @(posedge clk) s <= v[7:0] + v[15:8] + v[23:16] + v[31:24];
endmodule
// ---- gate
module m(input clk, input [31:0] v, output reg [9:0] s);
    wire [7:0] a = v[7:0] + v[15:8];
    wire [8:0] b = v[23:16] + v[31:24];
    always @(posedge clk) s <= a + b;
endmodule
