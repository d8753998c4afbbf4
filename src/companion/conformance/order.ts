/** What a page tells the check to do: to run, or to stop what runs. */
export type CheckOrder = CheckRequest | { readonly type: 'stop' };

/** What is to be put to the test. */
export interface CheckRequest {
  readonly type: 'run';
  /** Such as `ws://localhost:9001/echo`; whether it may be checked, the companion says. */
  readonly url: string;
  /** Only the cases whose id begins with this; all of them where it is empty. */
  readonly only: string;
  /** The longest message that the server takes, in bytes; undefined leaves out the cases about it. */
  readonly maxMessage: number | undefined;
}

/** Below this a size limit would stand in the way of the other cases. */
export const LEAST_MAX_MESSAGE = 65_536;
/** Above this, a check would keep the companion itself busy for too long; `framelight check` takes more. */
export const MOST_MAX_MESSAGE = 64 * 1024 * 1024;

const MOST_URL_CHARACTERS = 2048;
const MOST_ONLY_CHARACTERS = 100;

/**
 * Reads what a page orders: `{"url":"ws://…","only":"5.5","maxMessage":65536}`, of which only `url` has to be
 * there, or `{"type":"stop"}`. Never throws.
 */
export function parseCheckOrder(text: string): { readonly order: CheckOrder } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'The order is not JSON: send {"url":"ws://localhost:9001/echo"}.' };
  }
  if (typeof value !== 'object' || value === null) return { problem: 'The order is no JSON object with a "url".' };
  if ('type' in value && value.type === 'stop') return { order: { type: 'stop' } };
  return checkRequest(value as Record<string, unknown>);
}

function checkRequest({ url, only = '', maxMessage }: Record<string, unknown>): ReturnType<typeof parseCheckOrder> {
  if (typeof url !== 'string' || url.length > MOST_URL_CHARACTERS) {
    return { problem: `"url" must be a text of at most ${MOST_URL_CHARACTERS} characters.` };
  }
  if (typeof only !== 'string' || only.length > MOST_ONLY_CHARACTERS) {
    return { problem: `"only" must be a text of at most ${MOST_ONLY_CHARACTERS} characters, such as 5.5.` };
  }
  if (maxMessage !== undefined && !isMessageLimit(maxMessage)) {
    return { problem: `"maxMessage" must be a whole number from ${LEAST_MAX_MESSAGE} to ${MOST_MAX_MESSAGE}.` };
  }
  return { order: { type: 'run', url, only, maxMessage } };
}

function isMessageLimit(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= LEAST_MAX_MESSAGE && value <= MOST_MAX_MESSAGE
  );
}
