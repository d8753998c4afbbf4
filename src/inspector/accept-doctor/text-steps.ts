import { WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { join, type Step } from './step.ts';

/** Takes the GUID. RFC 6455 §1.3. */
export const GUID_STEP: Step = {
  makes: 'guid',
  subject: 'In the GUID part of the hashed text, there',
  unit: 'byte',
  right: () => join(WEBSOCKET_GUID),
  wrong: [
    {
      name: 'guid-in-lower-case',
      title: 'The GUID is in lower case',
      cause: 'Many GUID libraries print lower case. The hash of a is not the hash of A.',
      fix: 'Append the GUID as plain text in upper case, as the RFC prints it.',
      make: () => join(WEBSOCKET_GUID.toLowerCase()),
    },
    {
      name: 'guid-without-hyphens',
      title: 'The GUID has no hyphens',
      cause: 'A GUID library printed only the 32 digits.',
      fix: 'Append the GUID as plain text: 36 characters, including the hyphens.',
      make: () => join(WEBSOCKET_GUID.replaceAll('-', '')),
    },
    {
      name: 'guid-in-braces',
      title: 'The GUID is in braces',
      cause: 'Some systems print a GUID as {…}, and the server hashed the braces too.',
      fix: 'Append the 36 characters without braces.',
      make: () => join('{', WEBSOCKET_GUID, '}'),
    },
    {
      name: 'guid-as-bytes',
      title: 'The GUID was parsed into 16 bytes',
      cause: 'The server read the GUID as a number, and hashed its bytes instead of its characters.',
      fix: 'Append the GUID as plain text: 36 characters, 36 bytes.',
      make: () =>
        Uint8Array.from(WEBSOCKET_GUID.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    },
  ],
};

/** Joins the key and the GUID into one text. RFC 6455 §4.2.2, item 5.4. */
export const TEXT_STEP: Step = {
  makes: 'hashed',
  subject: 'In the hashed text, there',
  unit: 'byte',
  right: ({ key, guid }) => join(key, guid),
  wrong: [
    {
      name: 'guid-in-front',
      title: 'The GUID was put before the key',
      cause: 'The server joined the two in the wrong order.',
      fix: 'Put the key first and the GUID after it.',
      make: ({ key, guid }) => join(guid, key),
    },
    {
      name: 'no-guid',
      title: 'The key was hashed without the GUID',
      cause: 'The server never appended the GUID, or did it after hashing.',
      fix: 'Append the GUID to the key, then hash.',
      make: ({ key }) => key,
    },
    {
      name: 'line-feed-at-the-end',
      title: 'A line feed was hashed at the end',
      cause: 'In a shell, echo ends its output with a line feed, which was hashed too.',
      fix: 'Use printf %s, or echo -n, and hash 60 bytes.',
      make: ({ key, guid }) => join(key, guid, '\n'),
    },
    {
      name: 'nul-at-the-end',
      title: 'A NUL byte was hashed at the end',
      cause: 'In C, the sizeof of a string literal includes the zero byte at its end.',
      fix: 'Use strlen for the length: hash 60 bytes, not 61.',
      make: ({ key, guid }) => join(key, guid, '\0'),
    },
    {
      name: 'text-in-utf-16',
      title: 'The text was hashed in UTF-16',
      cause: 'The string was converted to bytes as the language stores it: two bytes for each character.',
      fix: 'Convert the text to bytes in ASCII or UTF-8.',
      make: ({ key, guid }) => Uint8Array.from([...join(key, guid)].flatMap((byte) => [byte, 0])),
    },
  ],
};
