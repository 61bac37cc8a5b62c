module m(input clk, input reset, output reg [7:0] q, output z);
    always @(posedge clk)
        if (reset) q <= 8'h1;
        else q <= {q[6:0], q[7] ^ q[5] ^ q[4] ^ q[3]};
    assign z = q == 0;
endmodule
// ---- gate
module m(input clk, input reset, output reg [7:0] q, output z);
    always @(posedge clk)
        if (reset) q <= 8'h1;
        else q <= {q[6:0], q[7] ^ q[5] ^ q[2] ^ q[3]};
    assign z = q == 0;
endmodule
