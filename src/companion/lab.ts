export * from './lab/addresses.ts';
export { parseRawAnswer, type RawAnswer, type RawDone, type RawEnd, type RawProblem } from './lab/raw-answer.ts';
export { parseRawRequest } from './lab/raw-request.ts';
export {
  MAX_RAW_BYTES,
  MAX_RAW_CHARACTERS,
  MAX_RAW_MS,
  MAX_RAW_STEPS,
  type ParsedRawStep,
  type RawStep,
} from './lab/raw-step.ts';
