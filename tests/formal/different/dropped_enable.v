module m(input clk, input rst, input en, output reg [7:0] c, output last);
    always @(posedge clk)
        if (rst) c <= 0;
        else if (en) c <= last ? 0 : c + 1;
    assign last = c == 199;
endmodule
// ---- gate
module m(input clk, input rst, input en, output reg [7:0] c, output last);
    always @(posedge clk)
        if (rst) c <= 0;
        else c <= last ? 0 : c + 1;
    assign last = c == 199;
endmodule
