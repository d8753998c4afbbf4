// The public surface for the tests of your own programs, with Vitest: matchers for the bytes of frames, and the conformance
// suite as one test for each case.

export { type ConformanceOptions, conformance } from './conformance.ts';
export { type ExpectedFrame, matchers } from './matchers.ts';
