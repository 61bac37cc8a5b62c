module m(input clk, input rst, input [3:0] d, input load, output reg [3:0] a, b);
    always @(posedge clk)
        if (rst) begin a <= 0; b <= 0; end
        else if (load) a <= d;
        else begin a <= b; b <= a; end
endmodule
// ---- gate
module m(input clk, input rst, input [3:0] d, input load, output reg [3:0] a, b);
    always @(posedge clk)
        if (rst) begin a = 0; b = 0; end
        else if (load) a = d;
        else begin a = b; b = a; end
endmodule
