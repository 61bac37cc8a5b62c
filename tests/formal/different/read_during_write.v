module m(input clk, input we, input [2:0] wa, ra, input [7:0] d, output reg [7:0] q);
    reg [7:0] mem [0:7];
    always @(posedge clk) begin
        if (we) mem[wa] <= d;
        q <= mem[ra];
    end
endmodule
// ---- gate
module m(input clk, input we, input [2:0] wa, ra, input [7:0] d, output reg [7:0] q);
    reg [7:0] mem [0:7];
    always @(posedge clk) begin
        if (we) mem[wa] <= d;
        q <= we && wa == ra ? d : mem[ra];
    end
endmodule
