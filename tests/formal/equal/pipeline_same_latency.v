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
         output out_valid, output reg signed [15:0] y);
    reg [1:0] v;
    reg signed [15:0] p;
    reg signed [15:0] wide;
    always @(posedge clk) begin
        wide <= {{8{c[7]}}, c};
        p <= b * a;
        y <= wide + p;
        v <= rst ? 2'b00 : {v[0], valid};
    end
    assign out_valid = v[1];
endmodule
