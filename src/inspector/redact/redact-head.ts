import { decodeLatin1, encodeLatin1 } from '../../text/latin1.ts';

/** A head without its secrets. */
export interface RedactedHead {
  /** As long as before: each character of a secret is an `x`. */
  readonly bytes: Uint8Array;
  /** What was redacted: `Cookie`, `token in the URL`. */
  readonly redacted: readonly string[];
}

const SECRET_HEADERS = /^(cookie|set-cookie|authorization|proxy-authorization|authentication-info)$/i;
/** For headers and for parameters of a URL. */
const SECRET_NAME = /(token|secret|passw|api-?_?key|session|credential|signature|jwt|csrf|xsrf)/i;
const SECRET_PARAMETER = /^(auth|key|sig|sid|pwd|code|state|access|ticket)$/i;
/** Of these, the values are needed to understand a handshake. */
const NEEDED_HEADERS = /^sec-websocket-(key|accept|version|extensions)$/i;
/** A JSON web token. RFC 7519 §3. */
const JWT = /\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g;
/** A subprotocol that is no name but a secret: browsers can send one in no other header. */
const LONG_WORD = /[\w.~+/=-]{32,}/g;

/**
 * Replaces cookies, authorizations and tokens in the head of a request or a response. The length stays, so that offsets in a
 * recording stay right.
 */
export function redactHead(head: Uint8Array): RedactedHead {
  const redacted = new Set<string>();
  const hide = (secret: string, name: string): string => {
    if (secret === '') return secret;
    redacted.add(name);
    return 'x'.repeat(secret.length);
  };
  const lines = decodeLatin1(head).split('\n');
  const written = lines.map((line, index) => (index === 0 ? redactFirstLine(line, hide) : redactLine(line, hide)));
  return redacted.size === 0
    ? { bytes: head, redacted: [] }
    : { bytes: encodeLatin1(written.join('\n')), redacted: [...redacted] };
}

type Hide = (secret: string, name: string) => string;

function redactLine(line: string, hide: Hide): string {
  const [, name = '', before = '', value = '', end = ''] = /^([^:\s]+)(:[ \t]*)(.*?)([ \t]*\r?)$/.exec(line) ?? [];
  if (name === '' || NEEDED_HEADERS.test(name)) return line;
  let shown = value;
  if (SECRET_HEADERS.test(name) || SECRET_NAME.test(name)) shown = redactValue(name, value, hide);
  else if (/^sec-websocket-protocol$/i.test(name))
    shown = value.replace(LONG_WORD, (word) => hide(word, 'a long word in Sec-WebSocket-Protocol'));
  else if (/^(referer|origin|location)$/i.test(name)) shown = redactUrl(value, hide);
  return name + before + shown.replace(JWT, (token) => hide(token, `a token in ${name}`)) + end;
}

/** Keeps the names of cookies and the kind of an authorization: they explain much and give nothing away. */
function redactValue(name: string, value: string, hide: Hide): string {
  if (/cookie$/i.test(name)) {
    const pairs = value.split(';');
    return pairs
      .map((pair, index) => {
        const [, key = '', secret = ''] = /^([^=]*=)(.*)$/.exec(pair) ?? [];
        if (key === '' && !/^set-/i.test(name)) return hide(pair, name);
        // Of Set-Cookie only the first pair is a secret: the others are attributes.
        return key === '' || (/^set-/i.test(name) && index > 0) ? pair : key + hide(secret, name);
      })
      .join(';');
  }
  const [, scheme = '', secret = value] = /^(basic |bearer |digest |negotiate |token )(.*)$/i.exec(value) ?? [];
  return scheme + hide(secret, name);
}

function redactFirstLine(line: string, hide: Hide): string {
  return redactUrl(line, hide).replace(JWT, (token) => hide(token, 'a token in the URL'));
}

/** Redacts the values of parameters whose names sound like secrets, and a password before the host. */
function redactUrl(text: string, hide: Hide): string {
  return text
    .replace(/([?&;#])([^=&\s;#]+)=([^&\s;#]*)/g, (whole, mark: string, name: string, value: string) =>
      SECRET_NAME.test(name) || SECRET_PARAMETER.test(name)
        ? `${mark}${name}=${hide(value, `${name} in the URL`)}`
        : whole,
    )
    .replace(
      /(:\/\/[^/@\s:]*:)([^/@\s]+)(@)/g,
      (_, before: string, secret: string, after: string) => before + hide(secret, 'the password in the URL') + after,
    );
}
