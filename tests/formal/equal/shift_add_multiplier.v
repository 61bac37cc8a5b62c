module m(input [4:0] a, b, output [9:0] y);
    assign y = a * b;
endmodule
// ---- gate
module m(input [4:0] a, b, output reg [9:0] y);
    integer i;
    always @* begin
        y = 0;
        for (i = 0; i < 5; i = i + 1) if (b[i]) y = y + ({5'd0, a} << i);
    end
endmodule
