import { formatHex } from '../../bytes/hex.ts';
import { decodeLatin1 } from '../../text/latin1.ts';
import { join, type Step, type WrongWay } from './step.ts';

const encodeBase64 = (bytes: Uint8Array): string => btoa(decodeLatin1(bytes));
const toUrlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');
const withoutPadding = (base64: string): string => base64.replace(/=+$/, '');

/** The hash in base64. RFC 4648 §4. */
export const BASE64_STEP: Step = {
  makes: 'base64',
  subject: 'In the base64 there',
  unit: 'character',
  right: ({ encoded }) => join(encodeBase64(encoded)),
  wrong: [
    {
      name: 'answer-without-padding',
      title: 'The padding was dropped from the answer',
      done: 'The encoder writes no =, as those for addresses do.',
      mend: 'Encode with padding: 28 characters, the last of them =.',
      make: ({ encoded }) => join(withoutPadding(encodeBase64(encoded))),
    },
    {
      name: 'url-safe-base64',
      title: 'The URL-safe alphabet was used',
      done: 'It writes - for + and _ for /, which is right for addresses only.',
      mend: 'Use the standard alphabet, with + and /.',
      make: ({ encoded }) => join(toUrlSafe(encodeBase64(encoded))),
    },
    {
      name: 'base64url',
      title: 'The URL-safe alphabet was used, and the padding dropped',
      done: 'That is the encoding called base64url, which is right for addresses only.',
      mend: 'Use standard base64: the alphabet with + and /, and = at the end.',
      make: ({ encoded }) => join(withoutPadding(toUrlSafe(encodeBase64(encoded)))),
    },
    {
      name: 'hex-in-place-of-base64',
      title: 'The hash was sent in hexadecimal, not in base64',
      done: 'The hash function’s text form was sent as it is.',
      mend: 'Take the 20 raw bytes and encode them in base64.',
      make: ({ encoded }) => join(formatHex(encoded)),
    },
    {
      name: 'upper-case-hex-in-place-of-base64',
      title: 'The hash was sent in hexadecimal, in upper case, not in base64',
      done: 'The hash function’s text form was sent as it is.',
      mend: 'Take the 20 raw bytes and encode them in base64.',
      make: ({ encoded }) => join(formatHex(encoded).toUpperCase()),
    },
    {
      name: 'base64-twice',
      title: 'The hash was encoded in base64 twice',
      done: 'A function that already gives base64 was followed by another that encodes.',
      mend: 'Encode once: 28 characters.',
      make: ({ encoded }) => join(encodeBase64(join(encodeBase64(encoded)))),
    },
  ],
};

const around = (name: string, title: string, before: string, after: string): WrongWay => ({
  name,
  title,
  done: 'The value was printed as a string literal or as JSON.',
  mend: 'Send the value without quotation marks.',
  make: ({ base64 }) => join(before, base64, after),
});

const followed = (name: string, title: string, after: string): WrongWay => ({
  name,
  title,
  done: 'Many base64 functions end their text with a line feed. In a head it ends the line too early. (If you only copied it along, the answer is right.)',
  mend: 'Strip the answer before you write it: the line ends in one CR LF, and only there.',
  make: ({ base64 }) => join(base64, after),
});

/** The answer as it is written into the response. */
export const SENDING_STEP: Step = {
  makes: 'answer',
  subject: 'In the answer as it was sent there',
  unit: 'character',
  right: ({ base64 }) => base64,
  wrong: [
    followed('answer-with-lf', 'A line feed follows the answer', '\n'),
    followed('answer-with-crlf', 'A CR LF follows the answer', '\r\n'),
    followed('answer-with-escaped-lf', 'A line feed, here written \\n, follows the answer', '\\n'),
    followed('answer-with-escaped-crlf', 'A CR LF, here written \\r\\n, follows the answer', '\\r\\n'),
    around('answer-in-quotes', 'The answer stands in quotation marks', '"', '"'),
    around('answer-in-single-quotes', 'The answer stands in single quotation marks', "'", "'"),
    around('answer-as-bytes-literal', 'The answer is printed as a Python bytes literal', "b'", "'"),
    {
      name: 'answer-in-lower-case',
      title: 'The answer was put into lower case',
      done: 'Something made the whole header line lower case, its value too.',
      mend: 'Leave the value as it is: in base64 a and A are two letters.',
      make: ({ base64 }) => join(decodeLatin1(base64).toLowerCase()),
    },
  ],
};
