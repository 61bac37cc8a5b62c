module m(input clk, input [31:0] v, output reg [9:0] s);
    integer i;
    reg [9:0] t;
    always @(posedge clk) begin
        t = 0;
        for (i = 0; i < 4; i = i + 1) t = t + v[8*i +: 8];
        s <= t;
    end
endmodule
// ---- gate
module m(input clk, input [31:0] v, output reg [9:0] s);
    wire [8:0] a = v[7:0] + v[15:8], b = v[23:16] + v[31:24];
    always @(posedge clk) s <= a + b;
endmodule
