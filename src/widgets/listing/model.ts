import { parseHexDigits } from '../../inspector/hex/hex-digits.ts';
import { joinLines } from '../../protocol/handshake/head/example-heads.ts';
import { countNoun } from '../../text/count.ts';
import type { Input, ListingCase, ListingWords } from './case.ts';
import { variantsOf } from './inputs.ts';
import { type Run, runInput } from './run.ts';
import { formatSpacedHex } from './say.ts';

/** More bytes or characters are not edited in the page. */
export const MAX_EDITED = 2048;

export interface ListingState {
  readonly number: number;
  readonly variant: number;
  /** The input as the reader changed it; undefined if it is that of the variant. */
  readonly edited: string | undefined;
  /** The option that the reader chose, for each case by its number. */
  readonly picked: Readonly<Record<number, number>>;
}

export type ListingAction =
  | { readonly type: 'open'; readonly number: number }
  | { readonly type: 'pick'; readonly option: number }
  | { readonly type: 'variant'; readonly variant: number }
  | { readonly type: 'edit'; readonly text: string };

export const INITIAL_LISTING: ListingState = { number: 1, variant: 0, edited: undefined, picked: {} };

export function reduceListing(state: ListingState, action: ListingAction): ListingState {
  switch (action.type) {
    case 'open':
      return { ...state, number: action.number, variant: 0, edited: undefined };
    case 'pick':
      // The first answer counts.
      return state.number in state.picked
        ? state
        : { ...state, picked: { ...state.picked, [state.number]: action.option } };
    case 'variant':
      return { ...state, variant: action.variant, edited: undefined };
    case 'edit':
      return { ...state, edited: action.text.slice(0, 2 * MAX_EDITED) };
  }
}

/** The number of a case in an address; undefined if there is no such case. */
export function parseCaseNumber(text: string, words: readonly ListingWords[]): number | undefined {
  return words.find(({ number }) => String(number) === text)?.number;
}

export interface ListingView {
  readonly listingCase: ListingCase;
  /** The option that was chosen. */
  readonly picked: number | undefined;
  /** What both servers made of it, as soon as the reader has predicted; undefined too if the input cannot be read. */
  readonly run: Run | undefined;
  /** The input as text: hex with one read on each line, or a head. Undefined if it cannot be edited. */
  readonly text: string | undefined;
  readonly textLabel: string;
  /** What is wrong with the edited input; empty if nothing is. */
  readonly problem: string;
  readonly verdict: string;
  readonly score: string;
}

/** @throws RangeError if there are no words for the case that is open */
export function presentListing(state: ListingState, words: readonly ListingWords[]): ListingView {
  const chosen = words[state.number - 1];
  if (chosen === undefined) throw new RangeError(`there are no words for the mistake ${state.number}`);
  const listingCase = { ...chosen, variants: variantsOf(state.number) };
  const picked = state.picked[state.number];
  const own = (listingCase.variants[state.variant] ?? listingCase.variants[0]).input;
  const parsed = state.edited === undefined ? { input: own } : parseInput(own.kind, state.edited);
  const isRun = picked !== undefined && 'input' in parsed;
  return {
    listingCase,
    picked,
    run: isRun ? runInput(parsed.input) : undefined,
    text: state.edited ?? textOf(own),
    textLabel: own.kind === 'request' ? 'The request' : 'The bytes, one read on each line',
    problem: 'problem' in parsed ? parsed.problem : '',
    verdict: picked === undefined ? '' : judge(listingCase, picked),
    score: scoreOf(state.picked, words),
  };
}

function judge({ right, options }: ListingCase, picked: number): string {
  return picked === right ? 'Right.' : `No. The answer is: ${options[right]}.`;
}

function scoreOf(picked: ListingState['picked'], words: readonly ListingWords[]): string {
  const numbers = Object.keys(picked).map(Number);
  const right = numbers.filter((number) => words[number - 1]?.right === picked[number]).length;
  if (numbers.length === 0) return `${words.length} mistakes to predict.`;
  return `${right} of ${countNoun(numbers.length, 'prediction')} right. ${words.length - numbers.length} to go.`;
}

/** An input as the reader can edit it. */
function textOf(input: Input): string | undefined {
  if (input.kind === 'request') return input.text.replaceAll('\r\n', '\n').trimEnd();
  if (input.kind !== 'frames') return undefined;
  if (input.reads.reduce((sum, read) => sum + read.length, 0) > MAX_EDITED) return undefined;
  return input.reads.map(formatSpacedHex).join('\n');
}

function parseInput(kind: Input['kind'], text: string): { readonly input: Input } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'Write something.' };
  if (kind === 'request') return { input: { kind: 'request', text: joinLines(...text.trimEnd().split(/\r?\n/)) } };
  const reads: Uint8Array[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const parsed = parseHexDigits(line);
    if ('problem' in parsed) return { problem: parsed.problem.sentence };
    reads.push(parsed.bytes);
  }
  return { input: { kind: 'frames', reads } };
}
