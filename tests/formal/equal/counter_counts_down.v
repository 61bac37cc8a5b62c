module m(input clk, input rst, input en, output reg [7:0] c, output last);
    always @(posedge clk)
        if (rst) c <= 0;
        else if (en) c <= last ? 0 : c + 1;
    assign last = c == 19;
endmodule
// ---- gate
module m(input clk, input rst, input en, output [7:0] c, output last);
    reg [4:0] left;
    always @(posedge clk)
        if (rst || en && left == 0) left <= 19;
        else if (en) left <= left - 1;
    assign c = 19 - left;
    assign last = left == 0;
endmodule
