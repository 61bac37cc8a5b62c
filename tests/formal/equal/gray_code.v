module m(input clk, input rst, output [4:0] g);
    reg [4:0] b;
    always @(posedge clk) if (rst) b <= 0; else b <= b + 1;
    assign g = b ^ (b >> 1);
endmodule
// ---- gate
module m(input clk, input rst, output reg [4:0] g);
    wire [4:0] b, n;
    assign b[4] = g[4];
    genvar i;
    generate for (i = 3; i >= 0; i = i - 1) begin : down
        assign b[i] = b[i + 1] ^ g[i];
    end endgenerate
    assign n = b + 1;
    always @(posedge clk) if (rst) g <= 0; else g <= n ^ (n >> 1);
endmodule
