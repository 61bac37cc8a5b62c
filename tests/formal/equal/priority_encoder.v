module m(input [7:0] r, output reg [2:0] n, output any);
    integer i;
    always @* begin
        n = 0;
        for (i = 7; i >= 0; i = i - 1) if (r[i]) n = i;
    end
    assign any = |r;
endmodule
// ---- gate
module m(input [7:0] r, output [2:0] n, output any);
    wire [7:0] f = r & -r;
    assign n = {|(f & 8'hf0), |(f & 8'hcc), |(f & 8'haa)};
    assign any = r != 0;
endmodule
