module m(input clk, input rst, input start, output reg busy, output done);
    reg [2:0] n;
    assign done = busy && n == 5;
    always @(posedge clk)
        if (rst) begin busy <= 0; n <= 0; end
        else if (!busy) begin busy <= start; n <= 0; end
        else begin n <= n + 1; if (done) busy <= 0; end
endmodule
// ---- gate
module m(input clk, input rst, input start, output reg busy, output done);
    reg [2:0] n;
    assign done = busy && n == 5;
    always @(posedge clk)
        if (rst) begin busy <= 0; n <= 0; end
        else if (!busy) begin busy <= start; end
        else begin n <= n + 1; if (done) busy <= 0; end
endmodule
