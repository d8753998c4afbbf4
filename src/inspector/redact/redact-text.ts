import { JWT, SECRET_NAME } from './redact-head.ts';

/** A text without its secrets. */
export interface RedactedText {
  /** As long as before: each character of a secret is an `x`. */
  readonly text: string;
  /** What was redacted: `"password"`, `a token`. */
  readonly redacted: readonly string[];
}

/** A member of a JSON object with a text as its value; and the same in JSON that stands in a text of other JSON. */
const MEMBER = /("([^"\\]{1,64})"\s*:\s*")((?:[^"\\]|\\.)*)(")/g;
const INNER_MEMBER = /(\\"([^"\\]{1,64})\\"\s*:\s*\\")([^"\\]*)(\\")/g;
const PARAMETER = /\b([\w-]{1,64})=([^&\s"';,]+)/g;
const BEARER = /\b(Bearer|Basic|Token)\s+([\w.~+/=-]{8,})/gi;

/**
 * Replaces what looks like a secret in a message: JSON members and parameters with names such as `password` or `apiKey`,
 * tokens after `Bearer`, and JSON web tokens. It cannot know every secret, so a person must look, too.
 */
export function redactText(text: string): RedactedText {
  const redacted = new Set<string>();
  const hide = (secret: string, name: string): string => {
    if (secret !== '') redacted.add(name);
    return 'x'.repeat(secret.length);
  };
  const hideMember = (whole: string, before: string, name: string, value: string, after: string): string =>
    SECRET_NAME.test(name) ? before + hide(value, `"${name}" in a message`) + after : whole;
  const written = text
    .replace(INNER_MEMBER, hideMember)
    .replace(MEMBER, hideMember)
    .replace(PARAMETER, (whole, name: string, value: string) =>
      SECRET_NAME.test(name) ? `${name}=${hide(value, `${name} in a message`)}` : whole,
    )
    .replace(BEARER, (_, scheme: string, token: string) => `${scheme} ${hide(token, `a token after ${scheme}`)}`)
    .replace(JWT, (token) => hide(token, 'a JSON web token in a message'));
  return { text: written, redacted: [...redacted] };
}
