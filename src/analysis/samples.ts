/** Evenly spaced samples of one channel, shape (n,). */
export type Samples = Float32Array | Float64Array
