/**
 * What node is told to run the compiled control program, from the project's folder. A server reads and writes much that
 * is soon garbage: a larger young generation keeps it from the old one, which in turn is let grow less before it is
 * collected (docs/performance.md). The Dockerfile says the same.
 */
export const program = ['--max-semi-space-size=32', '--heap-growing-percent=50', 'dist/src/cli.js'];
