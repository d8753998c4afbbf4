import { quoteText } from '../../text/quote-text.ts';

/** The keys and indices that lead to a value. `undefined` stands for each of a list or an object: `[*]` or `.*`. */
export type JsonPath = readonly (string | number | undefined)[];

const STEP = /\.([\p{ID_Start}_$][\p{ID_Continue}$-]*)|\.?(\*)|\[(\d{1,9})\]|\[(\*)\]|\[("(?:[^"\\]|\\.)*")\]/uy;

/**
 * Reads a path such as `$.items[0].price` at the beginning of a text: the part of RFC 9535 that has no conditions.
 *
 * @returns the path, and what follows it
 */
export function parseJsonPath(
  text: string,
): { readonly path: JsonPath; readonly rest: string } | { readonly problem: string } {
  const path: (string | number | undefined)[] = [];
  let at = 1;
  for (;;) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (step === null) break;
    const [whole, key, , index, , quoted] = step;
    if (quoted !== undefined) {
      try {
        path.push(String(JSON.parse(quoted)));
      } catch {
        return { problem: `${quoted} is no JSON string.` };
      }
    } else path.push(key ?? (index === undefined ? undefined : Number(index)));
    at += whole.length;
  }
  const rest = text.slice(at);
  if (rest.startsWith('.') || rest.startsWith('['))
    return { problem: `${quoteText(rest)} is no step of a JSON path. Write $.key, $.list[0] or $["some key"].` };
  return { path, rest };
}

/** @returns the values at a path in a JSON text; none if it is no JSON, or has no such place */
export function valuesAt(path: JsonPath, text: string): readonly unknown[] {
  // Anything else is no object and no list.
  if (path.length > 0 && !/^\s*[[{]/.test(text)) return [];
  let values: unknown[];
  try {
    values = [JSON.parse(text)];
  } catch {
    return [];
  }
  for (const step of path) values = values.flatMap((value) => childrenOf(value, step));
  return values;
}

function childrenOf(value: unknown, step: string | number | undefined): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === undefined) return Object.values(value);
  if (typeof step === 'number') return Array.isArray(value) && step < value.length ? [value[step]] : [];
  return !Array.isArray(value) && Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : [];
}
