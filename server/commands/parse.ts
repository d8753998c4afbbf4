import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadInput } from './command.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; args: string[] }>
>;

/**
 * Reads options and what stands between them. An option that lacks its value has an empty one: what may be given
 * is known, and said, where it is used.
 *
 * @throws BadInput for an option that there is not, or a value where none belongs
 */
export function parseArguments<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: withValues(args, options), options, allowPositionals: true });
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Joins each option and its value, `--seed 1` to `--seed=1`: so a value that begins with a dash is a value, and is
 * refused, where it is no good, in the words of its option.
 */
function withValues(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--') return joined.concat(args.slice(i));
    const [option = '', value] = arg.split('=', 2);
    if (!arg.startsWith('-') || arg === '-') joined.push(arg);
    else if (!Object.hasOwn(options, option.slice(2)) || !option.startsWith('--')) throw noOption(option, options);
    else if (value !== undefined || options[option.slice(2)]?.type === 'boolean') joined.push(arg);
    else {
      const next = args[i + 1];
      const given = next !== undefined && !next.startsWith('--');
      joined.push(`${option}=${given ? next : ''}`);
      if (given) i++;
    }
  }
  return joined;
}

function noOption(option: string, options: Options): BadInput {
  const all = [...Object.keys(options), 'help'].map((name) => `--${name}`);
  return new BadInput(`There is no option ${JSON.stringify(option)}. There are: ${all.join(', ')}.`);
}

/**
 * The number that an option was given.
 *
 * @returns undefined where it was not given
 * @throws BadInput where it is no whole number between the two, both included
 */
export function wholeNumber(option: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new BadInput(`--${option} is ${JSON.stringify(text)}: give a whole number from ${least} to ${most}.`);
}

/**
 * The number that an option was given.
 *
 * @param example one that may be given
 * @returns undefined where it was not given
 * @throws BadInput where it is no number above 0
 */
export function positiveNumber(option: string, text: string | undefined, example: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new BadInput(`--${option} is ${JSON.stringify(text)}: give a number above 0, such as ${example}.`);
}

/**
 * Refuses what stands between the options, where nothing may.
 *
 * @throws BadInput that names the first
 */
export function refusePositionals([first]: readonly string[]): void {
  if (first !== undefined) throw new BadInput(`Only options can be given, not ${JSON.stringify(first)}.`);
}

/**
 * Holds each of some words to what there is.
 *
 * @throws BadInput that names the first that there is not, and all that there are
 */
export function refuseUnknown(kind: string, words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  throw new BadInput(`There is no ${kind} ${JSON.stringify(unknown)}. There are: ${known.join(', ')}.`);
}
