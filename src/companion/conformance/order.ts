/** A page's order to the companion: run the suite, or stop the run. */
export type ConformanceOrder = ConformanceRequest | { readonly type: 'stop' };

/** Which server to test, and with which cases. */
export interface ConformanceRequest {
  readonly type: 'run';
  /** Such as `ws://localhost:9001/echo`. The companion decides whether it may be tested. */
  readonly url: string;
  /** Only the cases whose id begins with this text. Empty: all cases. */
  readonly only: string;
  /** The server's limit for a message, in bytes. Undefined: the cases about this limit are left out. */
  readonly maxMessage: number | undefined;
  /** Only what a server should pass that is being built and has come to this stage, from 1. Undefined: all cases. */
  readonly stage: number | undefined;
}

/** A smaller limit would make other cases fail. */
export const MIN_MESSAGE_LIMIT = 65_536;
/** A larger limit would keep the companion busy for too long. `framelight check` accepts more. */
export const MAX_MESSAGE_LIMIT = 64 * 1024 * 1024;

/** The number of stages in which a server is built. */
export const MAX_STAGE = 8;

const MAX_URL_CHARACTERS = 2048;
const MAX_ONLY_CHARACTERS = 100;

/**
 * Reads a page's order: `{"url":"ws://…","only":"5.5","maxMessage":65536,"stage":4}`, where only `url` is required,
 * or `{"type":"stop"}`. Never throws.
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
  if (typeof value !== 'object' || value === null) return { problem: 'The order must be a JSON object with a "url".' };
  if ('type' in value && value.type === 'stop') return { order: { type: 'stop' } };
  return checkRequest(value as Record<string, unknown>);
}

function checkRequest({
  url,
  only = '',
  maxMessage,
  stage,
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
  if (stage !== undefined && !isStage(stage)) {
    return { problem: `"stage" must be a whole number from 1 to ${MAX_STAGE}.` };
  }
  return { order: { type: 'run', url, only, maxMessage, stage } };
}

function isStage(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MAX_STAGE;
}

function isMessageLimit(value: unknown): value is number {
  return (
    typeof value === 'number' && Number.isInteger(value) && value >= MIN_MESSAGE_LIMIT && value <= MAX_MESSAGE_LIMIT
  );
}
