import { formatHex } from '../../bytes/hex.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { join, type Step, type WrongWay } from './step.ts';

const encodeBase64 = (bytes: Uint8Array): string => btoa(decodeLatin1(bytes));
const toUrlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
const withoutPadding = (base64: string): string => base64.replace(/=+$/, '');

/** Encodes the hash in base64. RFC 4648 §4. */
export const BASE64_STEP: Step = {
  makes: 'base64',
  subject: 'In the base64, there',
  unit: 'character',
  right: ({ encoded }) => join(encodeBase64(encoded)),
  wrong: [
    {
      name: 'answer-without-padding',
      title: 'The answer has no padding',
      cause: 'The encoder leaves out the =, as encoders for URLs do.',
      fix: 'Encode with padding. The answer has 28 characters, and the last one is =.',
      make: ({ encoded }) => join(withoutPadding(encodeBase64(encoded))),
    },
    {
      name: 'url-safe-base64',
      title: 'The answer uses the URL-safe alphabet',
      cause: 'The encoder writes - for + and _ for /. That alphabet is for URLs.',
      fix: 'Use the standard alphabet, with + and /.',
      make: ({ encoded }) => join(toUrlSafe(encodeBase64(encoded))),
    },
    {
      name: 'base64url',
      title: 'The answer uses the URL-safe alphabet and has no padding',
      cause: 'The server used base64url, an encoding for URLs and tokens.',
      fix: 'Use standard base64: an alphabet with + and /, and = at the end.',
      make: ({ encoded }) => join(withoutPadding(toUrlSafe(encodeBase64(encoded)))),
    },
    {
      name: 'hex-in-place-of-base64',
      title: 'The hash was sent in hex, not in base64',
      cause: 'The hash function returned text, and the server sent that text.',
      fix: 'Take the 20 raw bytes of the hash, and encode them in base64.',
      make: ({ encoded }) => join(formatHex(encoded)),
    },
    {
      name: 'upper-case-hex-in-place-of-base64',
      title: 'The hash was sent in uppercase hex, not in base64',
      cause: 'The hash function returned text, and the server sent that text.',
      fix: 'Take the 20 raw bytes of the hash, and encode them in base64.',
      make: ({ encoded }) => join(formatHex(encoded).toUpperCase()),
    },
    {
      name: 'base64-twice',
      title: 'The hash was encoded in base64 twice',
      cause: 'One function already returned base64, and a second one encoded that again.',
      fix: 'Encode once: 28 characters.',
      make: ({ encoded }) => join(encodeBase64(join(encodeBase64(encoded)))),
    },
  ],
};

const around = (name: string, title: string, before: string, after: string): WrongWay => ({
  name,
  title,
  cause: 'The value was printed as a string literal or as JSON, with its quotation marks.',
  fix: 'Send the value without quotation marks.',
  make: ({ base64 }) => join(before, base64, after),
});

const followed = (name: string, title: string, after: string): WrongWay => ({
  name,
  title,
  cause:
    'Many base64 functions end their output with a line feed. In a response, that line feed ends the header too early. (If you only copied it by accident, the answer is right.)',
  fix: 'Strip the line feed from the answer. The header line ends with one CR LF.',
  make: ({ base64 }) => join(base64, after),
});

/** Writes the answer into the response. */
export const SENDING_STEP: Step = {
  makes: 'answer',
  subject: 'In the answer as sent, there',
  unit: 'character',
  right: ({ base64 }) => base64,
  wrong: [
    followed('answer-with-lf', 'A line feed follows the answer', '\n'),
    followed('answer-with-crlf', 'A CR LF follows the answer', '\r\n'),
    followed('answer-with-escaped-lf', 'A line feed, here written \\n, follows the answer', '\\n'),
    followed('answer-with-escaped-crlf', 'A CR LF, here written \\r\\n, follows the answer', '\\r\\n'),
    around('answer-in-quotes', 'The answer is in quotation marks', '"', '"'),
    around('answer-in-single-quotes', 'The answer is in single quotation marks', "'", "'"),
    around('answer-as-bytes-literal', 'The answer is printed as a Python bytes literal', "b'", "'"),
    {
      name: 'answer-in-lower-case',
      title: 'The answer is in lower case',
      cause: 'Something changed the whole header line to lower case, including the value.',
      fix: 'Do not change the value: in base64, a and A are different characters.',
      make: ({ base64 }) => join(decodeLatin1(base64).toLowerCase()),
    },
  ],
};
