module m(input clk, input rst, input x, output y);
    reg p;
    always @(posedge clk) p <= rst ? 0 : p ^ x;
    assign y = p;
endmodule
// ---- gate
module m(input clk, input rst, input x, output y);
    reg p;
    reg [3:0] n;
    always @(posedge clk) begin
        p <= rst ? 0 : p ^ x;
        n <= rst ? 0 : x ? (n == 12 ? n : n + 1) : 0;
    end
    assign y = p ^ (n == 12);
endmodule
