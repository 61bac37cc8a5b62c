module m(input clk, input rst, input push, input pop, input [1:0] d,
         output [1:0] q, output empty, output full);
    reg [1:0] mem [0:3];
    reg [2:0] w, r;
    assign empty = w == r;
    assign full = w == {!r[2], r[1:0]};
    assign q = empty ? 2'bx : mem[r[1:0]];
    always @(posedge clk) begin
        if (push && !full) mem[w[1:0]] <= d;
        if (rst) {w, r} <= 0;
        else begin
            if (push && !full) w <= w + 1;
            if (pop && !empty) r <= r + 1;
        end
    end
endmodule
// ---- gate
module m(input clk, input rst, input push, input pop, input [1:0] d,
         output [1:0] q, output empty, output full);
    reg [1:0] mem [0:3];
    reg [2:0] w, r;
    assign empty = w == r;
    assign full = w - r >= 3;
    assign q = empty ? 2'bx : mem[r[1:0]];
    always @(posedge clk) begin
        if (push && !full) mem[w[1:0]] <= d;
        if (rst) {w, r} <= 0;
        else begin
            if (push && !full) w <= w + 1;
            if (pop && !empty) r <= r + 1;
        end
    end
endmodule
