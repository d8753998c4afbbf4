import { encodeText } from '../../text/utf8.ts';
import { DEFAULT_WINDOW_BITS } from '../../widgets/packing/model.ts';
import { packMessages } from '../../widgets/packing/pack.ts';

const FORGETS = { windowBits: DEFAULT_WINDOW_BITS, forgets: true };
const KEEPS = { windowBits: DEFAULT_WINDOW_BITS, forgets: false };

/** A list of trades as JSON, in which keys repeat and numbers do not. */
export function tradesOf(count: number, seed = 1): string {
  const symbols = ['ACME', 'EMCA', 'MECA'];
  let state = seed;
  const below = (bound: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % bound;
  };
  const trades = Array.from({ length: count }, () => ({
    symbol: symbols[below(symbols.length)],
    price: below(100_000) / 100,
    size: below(5000),
  }));
  return JSON.stringify(trades);
}

/** How many bytes a message has: as it is, compressed by itself, and compressed after nine others like it. */
export async function sizesOf(count: number): Promise<{ plain: number; alone: number; after: number }> {
  const all = Array.from({ length: 10 }, (_, i) => tradesOf(count, i + 1));
  const last = all.at(-1) ?? '';
  const [alone] = await packMessages([last], FORGETS);
  const after = (await packMessages(all, KEEPS)).at(-1);
  return { plain: encodeText(last).length, alone: alone?.length ?? 0, after: after?.length ?? 0 };
}

/** What a script in a page can make the browser send, and the secret that the server puts beside it. */
export const SECRET = 'token=7Q2x';

/** How long an answer is that holds both what an attacker guesses and the secret. */
export async function lengthWithGuess(guess: string): Promise<number> {
  const [packed] = await packMessages([answerWith(guess)], FORGETS);
  return packed?.length ?? 0;
}

export function answerWith(guess: string): string {
  return `{"found":0,"query":"${guess}","session":"${SECRET}"}`;
}
