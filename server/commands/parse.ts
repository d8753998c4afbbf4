import { type ParseArgsConfig, parseArgs } from 'node:util';
import { BadInput } from './command.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true; args: string[] }>>;

/**
 * Reads options and what stands between them.
 *
 * @throws BadInput for an option that there is not, or one without its value
 */
export function parseArguments<T extends Options>(args: readonly string[], options: T): Parsed<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error));
  }
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
