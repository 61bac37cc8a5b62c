module m(input clk, input ap_rst, input signed [7:0] x, output reg signed [7:0] acc);
    wire signed [8:0] s = acc + x;
    always @(posedge clk)
        if (ap_rst) acc <= 0;
        else if (s > 127) acc <= 127;
        else if (s < -128) acc <= -128;
        else acc <= s;
endmodule
// ---- gate
module m(input clk, input ap_rst, input signed [7:0] x, output reg signed [7:0] acc);
    wire [7:0] s = acc + x;
    wire over = acc[7] == x[7] && s[7] != x[7];
    always @(posedge clk)
        if (ap_rst) acc <= 0;
        else acc <= over ? {x[7], {7{!x[7]}}} : s;
endmodule
