module m(input clk, input we, input [2:0] wa, ra, input [7:0] d, output reg [7:0] q);
    reg [7:0] mem [0:7];
    always @(posedge clk) begin
        if (we) mem[wa] <= d;
        q <= mem[ra];
    end
endmodule
// ---- gate
module m(input clk, input we, input [2:0] wa, ra, input [7:0] d, output reg [7:0] q);
    reg [63:0] r;
    integer i;
    always @(posedge clk) begin
        for (i = 0; i < 8; i = i + 1) if (we && wa == i) r[8*i +: 8] <= d;
        q <= r[8*ra +: 8];
    end
endmodule
