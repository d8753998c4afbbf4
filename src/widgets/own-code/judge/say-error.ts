import type { CodeError } from '../host/order.ts';
import { STAGE_IDS, type StageId } from '../stage-id.ts';

/** Says what the code threw and where, as a sentence. */
export function sayError(error: CodeError, current?: StageId): string {
  const { name, message } = error;
  if (name === 'Missing' || name === 'Timeout' || name === 'Wrong answer' || name === 'Crash') return message;
  if (name === 'Thrown') return `Your code threw ${message}.`;
  return `${placeOf(error, current)} ${name}: ${endSentence(message)}${hintFor(error)}`;
}

function placeOf({ stage, line, column }: CodeError, current: StageId | undefined): string {
  if (line === undefined) return 'Your code threw an error.';
  const place = column === undefined ? `Line ${line}` : `Line ${line}, column ${column}`;
  if (stage === undefined || current === undefined || stage === current) return `${place}:`;
  return `${place} of ${stage} (stage ${STAGE_IDS.indexOf(stage) + 1}):`;
}

/** What to do about an error, if its message is one of those that beginners meet. */
function hintFor({ message }: CodeError): string {
  if (/import|export/i.test(message) && /module/i.test(message)) {
    return ' Write no import or export: the page finds your function by its name.';
  }
  if (/call stack|recursion/i.test(message)) return ' A function calls itself without an end.';
  if (/BigInt/.test(message)) return ' Lengths are numbers here: convert with Number(…).';
  return '';
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
