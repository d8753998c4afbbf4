import { finite, type InferOutput, maxLength, number, pipe, regex, safeParse, strictObject, string } from 'valibot';
import { encodeText } from '../text/utf8.ts';

/** The most bytes of a reason: a close frame has room for 125, and the code takes two. RFC 6455 §5.5. */
export const MAX_REASON_BYTES = 123;

const MAX_SYMBOL_LENGTH = 8;

/** The reasons never repeat what was sent, only which field is wrong. */
const PRICE = strictObject(
  {
    symbol: pipe(
      string('must be a text'),
      regex(/^[A-Z]+$/, 'must be capital letters, A to Z'),
      maxLength(MAX_SYMBOL_LENGTH, `must have at most ${MAX_SYMBOL_LENGTH} letters`),
    ),
    price: pipe(number('must be a number'), finite('must be a finite number')),
  },
  ({ expected }) => (expected === 'never' ? 'is not a field of a price' : 'must be there'),
);

export type Price = InferOutput<typeof PRICE>;

/** What a server does with a message: sends the text on, or closes the connection. */
export type CheckedPrice = { readonly text: string } | { readonly statusCode: number; readonly reason: string };

/**
 * Checks a text message of /prices.
 *
 * @returns the text to send on, written anew: if a sender names a field twice, two readers could read it in two ways. Or the
 * status code and the reason with which to close: 1007 for what is no JSON, 1008 for JSON that is no price. RFC 6455 §7.4.1
 */
export function checkPrice(text: string): CheckedPrice {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { statusCode: 1007, reason: 'the message is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { statusCode: 1008, reason: 'the message must be an object with a symbol and a price' };
  const { success, output, issues } = safeParse(PRICE, value, { abortEarly: true });
  if (success) return { text: JSON.stringify(output satisfies Price) };
  const [{ path, message }] = issues;
  return { statusCode: 1008, reason: cutToBytes(`${String(path?.[0].key ?? 'the message')} ${message}`) };
}

/** The sender chooses the names of unknown fields: they may be long. */
function cutToBytes(text: string): string {
  if (encodeText(text).length <= MAX_REASON_BYTES) return text;
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += encodeText(character).length;
    // The ellipsis takes three bytes.
    if (bytes > MAX_REASON_BYTES - 3) break;
    cut += character;
  }
  return `${cut}…`;
}
