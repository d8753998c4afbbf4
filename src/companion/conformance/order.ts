/** What a page asks of the companion: to run the suite, or to stop the run. */
export type ConformanceOrder = ConformanceRequest | { readonly type: 'stop' };

/** What is to be put to the test. */
export interface ConformanceRequest {
  readonly type: 'run';
  /** Such as `ws://localhost:9001/echo`; whether it may be checked, the companion says. */
  readonly url: string;
  /** Only the cases whose id begins with this; all of them where it is empty. */
  readonly only: string;
  /** The longest message that the server takes, in bytes; undefined leaves out the cases about it. */
  readonly maxMessage: number | undefined;
}

/** Below this a size limit would stand in the way of the other cases. */
export const MIN_MESSAGE_LIMIT = 65_536;
/** Above this, a run would keep the companion itself busy for too long; `framelight check` takes more. */
export const MAX_MESSAGE_LIMIT = 64 * 1024 * 1024;

const MAX_URL_CHARACTERS = 2048;
const MAX_ONLY_CHARACTERS = 100;

/**
 * Reads what a page orders: `{"url":"ws://…","only":"5.5","maxMessage":65536}`, of which only `url` has to be
 * there, or `{"type":"stop"}`. Never throws.
 */
export function parseConformanceOrder(
  text: string,
): { readonly order: ConformanceOrder } | { readonly problem: string } {
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

function checkRequest({
  url,
  only = '',
  maxMessage,
}: Record<string, unknown>): ReturnType<typeof parseConformanceOrder> {
  if (typeof url !== 'string' || url.length > MAX_URL_CHARACTERS) {
    return { problem: `"url" must be a text of at most ${MAX_URL_CHARACTERS} characters.` };
  }
  if (typeof only !== 'string' || only.length > MAX_ONLY_CHARACTERS) {
    return { problem: `"only" must be a text of at most ${MAX_ONLY_CHARACTERS} characters, such as 5.5.` };
  }
  if (maxMessage !== undefined && !isMessageLimit(maxMessage)) {
    return { problem: `"maxMessage" must be a whole number from ${MIN_MESSAGE_LIMIT} to ${MAX_MESSAGE_LIMIT}.` };
  }
  return { order: { type: 'run', url, only, maxMessage } };
}

function isMessageLimit(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= MIN_MESSAGE_LIMIT && value <= MAX_MESSAGE_LIMIT
  );
}
