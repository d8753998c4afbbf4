import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadInput } from './command.ts';

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true; args: string[] }>
>;

/**
 * Reads options and positional arguments. An option without its value gets an empty one: the code that uses the option
 * says which values are valid.
 *
 * @throws BadInput for an unknown option, or a value for an option that has none
 */
export function parseArguments<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: withValues(args, options), options, allowPositionals: true });
  } catch (error) {
    throw error instanceof BadInput ? error : new BadInput(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Joins each option with its value, `--seed 1` to `--seed=1`. So a value that starts with a dash is still a value, and
 * the option itself can reject it with a fitting message.
 */
function withValues(args: readonly string[], options: Options): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--') return joined.concat(args.slice(i));
    const [option = '', value] = arg.split('=', 2);
    if (!arg.startsWith('-') || arg === '-') joined.push(arg);
    else if (!Object.hasOwn(options, option.slice(2)) || !option.startsWith('--')) throw noOption(option, options);
    else if (options[option.slice(2)]?.type === 'boolean') {
      if (value !== undefined) throw new BadInput(`${option} takes no value. Write ${option} alone.`);
      joined.push(arg);
    } else if (value !== undefined) joined.push(arg);
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
  return new BadInput(`Unknown option ${JSON.stringify(option)}. The options are: ${all.join(', ')}.`);
}

/**
 * Parses the value of an option as a whole number.
 *
 * @returns undefined if the option is missing
 * @throws BadInput if it is not a whole number from `min` to `max`
 */
export function wholeNumber(option: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new BadInput(`--${option} is ${JSON.stringify(text)}. Give a whole number from ${min} to ${max}.`);
}

/**
 * Parses the value of an option as a positive number.
 *
 * @param example a valid value, for the message
 * @returns undefined if the option is missing
 * @throws BadInput if it is not a number above 0
 */
export function positiveNumber(option: string, text: string | undefined, example: number): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new BadInput(`--${option} is ${JSON.stringify(text)}. Give a number above 0, such as ${example}.`);
}

/**
 * Rejects positional arguments.
 *
 * @throws BadInput that names the first one
 */
export function refusePositionals([first]: readonly string[]): void {
  if (first !== undefined)
    throw new BadInput(`Unexpected argument ${JSON.stringify(first)}. This command takes only options.`);
}

/**
 * Rejects the first unknown word.
 *
 * @throws BadInput that names it, and all known words
 */
export function refuseUnknown(kind: string, words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  throw new BadInput(`Unknown ${kind} ${JSON.stringify(unknown)}. Choose from: ${known.join(', ')}.`);
}

/** A name in HTTP. RFC 9110 §5.6.2. */
export const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Parses a header of a request, such as `Cookie: a=b`.
 *
 * @throws BadInput if it is none. A value has no control characters, and only those of Latin-1. RFC 9110 §5.5
 */
export function parseHeader(line: string): { readonly name: string; readonly value: string } {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined)
    throw new BadInput(`${JSON.stringify(line)} is not a header. Write a name, a colon and a value.`);
  return { name, value: value.trimEnd() };
}
