/** A JSON text as a value; `isCut` if its end was missing, and everything before the last whole element was read. */
export type JsonText = { readonly value: unknown; readonly isCut: boolean } | { readonly problem: string };

/**
 * Parses JSON. If its end is missing, as in the log of a killed program, it is read up to the last whole element of a list.
 *
 * Takes linear time.
 */
export function parseJsonText(text: string): JsonText {
  try {
    return { value: JSON.parse(text), isCut: false };
  } catch (error) {
    const closed = withoutCutEnd(text);
    if (closed !== undefined) {
      try {
        return { value: JSON.parse(closed), isCut: true };
      } catch {
        // The text is damaged before its end, too.
      }
    }
    return { problem: error instanceof Error ? error.message : 'not JSON' };
  }
}

/** Ends the text after the last whole element of a list, and closes everything that is open there. */
function withoutCutEnd(text: string): string | undefined {
  const open: string[] = [];
  let end = -1;
  let closing = '';
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '[' || character === '{') open.push(character);
    else if (character === ']' || character === '}') open.pop();
    else if (character !== ',') continue;
    if (character === '[' || character === '{' || open.at(-1) !== '[' || open.length > MAX_DEPTH) continue;
    end = character === ',' ? at : at + 1;
    closing = closingOf(open);
  }
  return end < 0 || open.length === 0 ? undefined : text.slice(0, end) + closing;
}

/** The index of the quotation mark that ends the string at `start`; past the text if there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at++;
  }
  return text.length;
}

/** A list that is nested deeper is not cut inside. */
const MAX_DEPTH = 16;

function closingOf(open: readonly string[]): string {
  return open
    .toReversed()
    .map((bracket) => (bracket === '[' ? ']' : '}'))
    .join('');
}

export type JsonObject = { readonly [name: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object; an empty object if it is none. */
export function objectIn(value: unknown, name: string): JsonObject {
  const member = isObject(value) ? value[name] : undefined;
  return isObject(member) ? member : {};
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const member = isObject(value) ? value[name] : undefined;
  return Array.isArray(member) ? member : [];
}

export function textIn(value: unknown, name: string): string | undefined {
  const member = isObject(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}

export function numberIn(value: unknown, name: string): number | undefined {
  const member = isObject(value) ? value[name] : undefined;
  return typeof member === 'number' && Number.isFinite(member) ? member : undefined;
}
