/**
 * How the command line runs Node. A small nursery: landing hashes millions of short texts, and a large one only keeps them longer
 * (4 M rows, one run each: 926 MB resident without, 779 MB with, as fast).
 */
export const NODE_FLAGS = ['--max-semi-space-size=2'];
