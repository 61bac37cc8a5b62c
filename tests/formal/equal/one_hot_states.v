module m(input clk, input rst, input go, input stop, output busy, output done);
    reg [1:0] s;
    always @(posedge clk)
        if (rst) s <= 0;
        else case (s)
            2'd0: if (go) s <= 1;
            2'd1: s <= stop ? 3 : 2;
            2'd2: if (stop) s <= 3;
            default: s <= 0;
        endcase
    assign busy = s == 1 || s == 2;
    assign done = s == 3;
endmodule
// ---- gate
module m(input clk, input rst, input go, input stop, output busy, output done);
    reg [3:0] s;
    always @(posedge clk)
        if (rst) s <= 4'b0001;
        else begin
            s[0] <= s[0] && !go || s[3];
            s[1] <= s[0] && go;
            s[2] <= (s[1] || s[2]) && !stop;
            s[3] <= (s[1] || s[2]) && stop;
        end
    assign busy = s[1] | s[2];
    assign done = s[3];
endmodule
