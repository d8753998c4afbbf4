import type { CodeError } from '../host/order.ts';
import { STAGE_IDS, type StageId } from '../stage-id.ts';

/** Says what the code threw and where, as a sentence. */
export function sayError(error: CodeError, current?: StageId): string {
  const { name, message } = error;
  if (OWN_NAMES.includes(name)) return message;
  if (name === 'Thrown') return `Your code threw ${message}.`;
  return `${placeOf(error, current)} ${name}: ${endSentence(message)}${hintFor(error)}`;
}

/** Errors that the page names itself: their messages are sentences. */
const OWN_NAMES = ['Missing', 'Timeout', 'Wrong answer', 'Crash', 'Stopped'];

function placeOf({ stage, line, column }: CodeError, current: StageId | undefined): string {
  if (line === undefined) return 'Your code does not run.';
  const place = column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`;
  if (stage === undefined || current === undefined || stage === current) return `${place}:`;
  return `${place} of ${stage} (stage ${STAGE_IDS.indexOf(stage) + 1}):`;
}

/** What to do about an error, if its message is one of those that beginners meet. */
function hintFor({ message }: CodeError): string {
  if (/import|export/i.test(message) && /module/i.test(message)) {
    return ' Write no import or export: the page finds your function by its name.';
  }
  if (/call stack|recursion/i.test(message)) return ' A function calls itself forever.';
  if (/BigInt/.test(message)) return ' Lengths are numbers here: convert with Number(…).';
  return '';
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
