module m(input clk, input rst, input valid, input signed [7:0] a, b, c,
         output reg out_valid, output reg signed [15:0] y);
    reg v;
    reg signed [15:0] p;
    reg signed [7:0] c1;
    always @(posedge clk) begin
        p <= a * b;
        c1 <= c;
        y <= p + c1;
        if (rst) {v, out_valid} <= 0;
        else {out_valid, v} <= {v, valid};
    end
endmodule
// ---- gate
module m(input clk, input rst, input valid, input signed [7:0] a, b, c,
         output reg out_valid, output reg signed [15:0] y);
    reg v; reg signed [15:0] p2;
    reg signed [15:0] p;
    reg signed [7:0] c1;
    always @(posedge clk) begin
        p <= a * b;
        c1 <= c;
        p2 <= p + c1; y <= p2;
        if (rst) {v, out_valid} <= 0;
        else {out_valid, v} <= {v, valid};
    end
endmodule
