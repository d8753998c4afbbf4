export * from './lab/addresses.ts';
export { parseRawAnswer, type RawAnswer, type RawDone, type RawEnd, type RawProblem } from './lab/raw-answer.ts';
export { parseRawRequest } from './lab/raw-request.ts';
export {
  MAX_RAW_CHARACTERS,
  MOST_RAW_BYTES,
  MOST_RAW_MS,
  MOST_RAW_STEPS,
  type ParsedRawStep,
  type RawStep,
} from './lab/raw-step.ts';
