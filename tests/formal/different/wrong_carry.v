module m(input [11:0] a, b, input ci, output [11:0] s, output co);
    assign {co, s} = a + b + ci;
endmodule
// ---- gate
module m(input [11:0] a, b, input ci, output [11:0] s, output co);
    wire [12:0] c;
    assign c[0] = ci;
    genvar i;
    generate for (i = 0; i < 12; i = i + 1) begin : bits
        assign s[i] = a[i] ^ b[i] ^ c[i];
        assign c[i + 1] = a[i] & b[i] | (i != 9 && c[i] & (a[i] | b[i]));
    end endgenerate
    assign co = c[12];
endmodule
