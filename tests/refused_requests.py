"""Requests that name a kernel or a device and cannot be built: each with what the answer says."""

OTHER = "no kernel of the library fits"
NOTHING = "no accelerator"

OTHER_HARDWARE = [
    "a cache controller for the weights of a matrix multiplier",
    "an interrupt controller that wakes up a CPU when the softmax is done",
    "a debugger for systolic arrays",
    "a testbench for a FIR filter",
    "a scoreboard that checks the outputs of a conv2d engine",
    "a PLL for the clock of a FIR filter",
    "an address generator for a convolution",
    "a SPI interface to set the taps of a FIR filter",
    "a histogram of the outputs of a ReLU",
    "a power estimator for matrix multipliers",
    "a FIFO between a convolution and a ReLU",
    "a random number generator to test a dot product",
    "a CRC over the results of a matrix multiplication",
    "an arbiter between two FIR filters",
    "a batch normalisation layer after a convolution",
    "a systolic array sorter",
    "string matching in a systolic array",
    "a CORDIC to compute the angle of a dot product",
    "an LSTM cell with sigmoid and tanh",
]
OTHER_KINDS = [
    "an IIR biquad filter with 16-bit samples",
    "an adaptive LMS filter with 32 taps",
    "a Kalman filter with 4 states",
    "a median filter on a 64x64 image",
    "a bloom filter with 1024 bits",
    "transposed convolution 3x3 on a 16x16 image",
    "a 3D convolution unit for 8x8x8 volumes",
    "the gradient of a softmax unit",
    "RoI pooling of 16x16 images",
    "a leaky ReLU for 256 elements",
    "backward pass of a ReLU in hardware",
    "anything but a softmax unit",
    "not a FIR filter, a sine synthesizer",
    "do not build a FIR filter",
]
NO_DESIGN = [
    "which FPGA should I buy for a systolic array?",
    "how many DSPs does a FIR filter need?",
    "is a softmax hard to build?",
    "what does requantisation mean?",
    "compare a systolic array with a GPU",
    "train a neural network with softmax",
    "a sonnet about matrix multiplication",
    "a LaTeX formula for softmax",
    "a spreadsheet of conv2d layers",
    "a presentation on KV cache compression",
    "a job posting for a FIR engineer",
    "a coffee recipe with a paper filter",
]
WITH_A_REASON = [
    ("softmax in bfloat16", "not in bfloat16"),
    ("half-precision GEMM 8x8", "not in half-precision"),
    ("a FIR in Chisel", "not written in chisel"),
    ("softmax as CUDA kernel", "not written in cuda"),
    ("conv2d on an RTX 4090", "there is no target 'rtx 4090'"),
    ("softmax on a Raspberry Pi", "there is no target 'raspberry pi'"),
    ("FIR filter on a Cyclone V", "there is no target 'cyclone v'"),
    ("softmax at 5 GHz", "5000 MHz is out of range"),
    ("a softmax over 0 classes", "length = 0 is below 1"),
    ("FIR with 16.5 taps", "16.5 is not a whole number"),
    ("a matrix multiplier for 1000x1000 matrices", "m = 1000 is above 256"),
    ("conv2d with 9x9 kernel", "k = 9 is above 7"),
    ("snapkv with an even pool of 4", "has no middle; use 3 or 5"),
    ("dot product of 32 elements with 40 lanes", "more than the 32 elements"),
    ("conv2d 3x3 with 2 multipliers", "use at least 3 lanes"),
    ("a 12x12 systolic array for 8x8 matrices", "more than the 8 rows of C"),
    ("relu with 128 bit accumulators", "acc_width = 128 is above 48"),
    ("dot product of 64 elements with 70 lanes", "lanes = 70 is above 64"),
]
REFUSED = [
    *((text, OTHER) for text in OTHER_HARDWARE + OTHER_KINDS),
    *((text, NOTHING) for text in NO_DESIGN),
    *WITH_A_REASON,
]

UNDERSTOOD = [
    ("not more than 4 DSPs for a FIR with 16 taps", "fir"),
    ("is it possible to get a 16 tap FIR?", "fir"),
    ("a low-pass filter (a FIR with 31 taps), not an IIR", "fir"),
    ("I do not need the fastest design, just a 16-tap FIR", "fir"),
    ("a softmax without a CPU", "softmax"),
    ("I am training a network and need softmax hardware for 32 classes", "softmax"),
    ("the complex part is the accumulator: dot product of 64 elements", "dot_product"),
    ("a ReLU that follows a convolution layer, 256 elements", "relu_requant"),
    ("build a conv2d engine, not a conv1d", "conv2d"),
    ("a FIR filter with 16 taps in transposed form", "fir"),
    ("a quantized 3x3 convolution on 16x16 images", "conv2d"),
    ("a quantized linear layer with 64 inputs", "linear"),
    ("multiply a 16x16 matrix by the transpose of another", "gemm_systolic"),
    ("multiply two 16x16 matrices on a systolic array rather than on a CPU", "gemm_systolic"),
]
"""Requests with the same words that can be built, and the kernel."""
