import { checkKey } from '../accept/accept-key.ts';
import { isToken } from '../head/field-grammar.ts';
import { headerTokens, headerValues, type RequestHead } from '../head/head.ts';
import { quote, type Refusal, refuse } from '../head/refusal.ts';
import { REQUEST_RULES } from './rules.ts';

/** The version of the protocol in RFC 6455 §4.1. */
export const WEBSOCKET_VERSION = '13';

/** There is one key, of 16 bytes in base64. RFC 6455 §4.2.1, item 5. */
export function checkKeyHeader(head: RequestHead): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Key');
  const [key] = values;
  if (key === undefined) {
    return refuse(REQUEST_RULES.missingKey, 'The request has no Sec-WebSocket-Key. Send 16 random bytes in base64.');
  }
  if (values.length > 1) {
    return refuse(REQUEST_RULES.repeatedKey, `Sec-WebSocket-Key appears ${values.length} times. Send it once.`);
  }
  const problem = checkKey(key);
  if (problem === undefined) return undefined;
  return refuse(REQUEST_RULES.malformedKey, `Sec-WebSocket-Key is ${quote(key)}. ${problem.sentence}`);
}

/**
 * There is one version, 13. RFC 6455 §4.2.1, item 6, and §4.4.
 *
 * The RFC gives 426 for a version that the server does not know. A missing version gets 426 too: only the drafts
 * before number 4 had none, and the answer tells such a client which version to send.
 */
export function checkVersion(head: RequestHead): Refusal | undefined {
  const values = headerValues(head, 'Sec-WebSocket-Version');
  const [version] = values;
  if (version === undefined) {
    return refuse(REQUEST_RULES.missingVersion, `The request has no Sec-WebSocket-Version. Send ${WEBSOCKET_VERSION}.`);
  }
  if (values.length > 1) {
    return refuse(REQUEST_RULES.repeatedVersion, `Sec-WebSocket-Version appears ${values.length} times. Send it once.`);
  }
  if (version === WEBSOCKET_VERSION) return undefined;
  return refuse(
    REQUEST_RULES.unsupportedVersion,
    `Sec-WebSocket-Version is ${quote(version)}. Send ${WEBSOCKET_VERSION}.`,
  );
}

/** The list of subprotocols names at least one, each is a token, and none is there twice. RFC 6455 §4.1, item 10. */
export function checkSubprotocols(head: RequestHead): Refusal | undefined {
  const offered = headerTokens(head, 'Sec-WebSocket-Protocol');
  if (offered.length === 0 && headerValues(head, 'Sec-WebSocket-Protocol').length > 0) {
    const sentence = 'Sec-WebSocket-Protocol lists no subprotocol. Name at least one, or leave the header out.';
    return refuse(REQUEST_RULES.malformedSubprotocols, sentence);
  }
  const malformed = offered.findIndex((element) => !isToken(element));
  if (malformed >= 0) {
    const shown = quote(offered[malformed] ?? '');
    const sentence = `Subprotocol ${malformed + 1} is ${shown}. Send names of letters, digits, hyphens and dots, with commas between.`;
    return refuse(REQUEST_RULES.malformedSubprotocols, sentence);
  }
  const seen = new Set<string>();
  for (const subprotocol of offered) {
    if (seen.has(subprotocol)) {
      return refuse(
        REQUEST_RULES.repeatedSubprotocol,
        `The subprotocol ${quote(subprotocol)} is offered twice. Offer it once.`,
      );
    }
    seen.add(subprotocol);
  }
  return undefined;
}

const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
// A value in quotation marks must also be a token once its backslashes are removed, so it contains no comma.
const PARAMETER = `[ \\t]*;[ \\t]*${TOKEN}+(?:[ \\t]*=[ \\t]*(?:${TOKEN}+|"(?:\\\\?${TOKEN})+"))?`;
const EXTENSION = new RegExp(`^${TOKEN}+(?:${PARAMETER})*$`);

/** The list of extensions names at least one, and each is a token with parameters. RFC 6455 §9.1. */
export function checkExtensions(head: RequestHead): Refusal | undefined {
  const offered = headerTokens(head, 'Sec-WebSocket-Extensions');
  if (offered.length === 0 && headerValues(head, 'Sec-WebSocket-Extensions').length > 0) {
    const sentence = 'Sec-WebSocket-Extensions lists no extension. Name at least one, or leave the header out.';
    return refuse(REQUEST_RULES.malformedExtensions, sentence);
  }
  const malformed = offered.findIndex((element) => !EXTENSION.test(element));
  if (malformed < 0) return undefined;
  const shown = quote(offered[malformed] ?? '');
  const sentence = `Extension ${malformed + 1} is ${shown}. Send it in the form "name; parameter; parameter=value".`;
  return refuse(REQUEST_RULES.malformedExtensions, sentence);
}
