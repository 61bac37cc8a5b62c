module m(input [1:0] op, input [7:0] a, b, output reg [7:0] y);
    always @* case (op)
        2'd0: y = a + b;
        2'd1: y = a - b;
        2'd2: y = a & b;
        default: y = a ^ b;
    endcase
endmodule
// ---- gate
module m(input [1:0] op, input [7:0] a, b, output [7:0] y);
    wire [7:0] sum = a + (b ^ {8{op[0]}}) + op[0];
    assign y = op[1] ? (op[0] ? a ^ b : a & b) : sum;
endmodule
