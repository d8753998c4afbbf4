import { DEFAULT_WINDOW_BITS, EXAMPLE_REQUEST, type PackingRequest, WINDOW_BITS } from './model.ts';

/** Reads `pack=Hello%0AHello&pack-window=9&pack-forget=yes`; undefined if the address has nothing for this figure. */
export function packingOfParameters(parameters: URLSearchParams): PackingRequest | undefined {
  const text = parameters.get('pack');
  if (text === null) return undefined;
  const windowBits = WINDOW_BITS.find((bits) => String(bits) === parameters.get('pack-window'));
  return {
    text: text === '' ? EXAMPLE_REQUEST.text : text,
    windowBits: windowBits ?? DEFAULT_WINDOW_BITS,
    forgets: parameters.get('pack-forget') === 'yes',
  };
}

/** What the address says of the figure. */
export function parametersOfPacking(request: PackingRequest): Readonly<Record<string, string>> {
  return { pack: request.text, ...choicesOfPacking(request) };
}

/** The part of it that is not the reader's text. */
export function choicesOfPacking({ windowBits, forgets }: PackingRequest): Readonly<Record<string, string>> {
  return { 'pack-window': String(windowBits), 'pack-forget': forgets ? 'yes' : 'no' };
}
