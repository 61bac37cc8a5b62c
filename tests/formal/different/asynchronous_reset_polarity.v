module m(input clk, input rst_n, input x, output hit);
    reg [2:0] s;
    always @(posedge clk or negedge rst_n)
        if (!rst_n) s <= 0; else s <= {s[1:0], x};
    assign hit = s == 3'b101;
endmodule
// ---- gate
module m(input clk, input rst_n, input x, output hit);
    reg [2:0] s;
    always @(posedge clk or negedge rst_n)
        if (!rst_n) s <= 0; else s <= {s[1:0], x};
    assign hit = s == 3'b100;
endmodule
