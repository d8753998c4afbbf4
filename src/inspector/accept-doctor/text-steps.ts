import { WEBSOCKET_GUID } from '../../protocol/handshake/accept/accept-key.ts';
import { join, type Step } from './step.ts';

/** What is taken for the GUID. RFC 6455 §1.3. */
export const GUID_STEP: Step = {
  makes: 'guid',
  subject: 'Where the GUID stands in the hashed text, there',
  unit: 'byte',
  right: () => join(WEBSOCKET_GUID),
  wrong: [
    {
      name: 'guid-in-lower-case',
      title: 'The GUID was written in lower case',
      done: 'Many GUID libraries print lower case; the hash tells a from A.',
      mend: 'Append the GUID as the RFC prints it, in upper case, as a plain text.',
      make: () => join(WEBSOCKET_GUID.toLowerCase()),
    },
    {
      name: 'guid-without-hyphens',
      title: 'The hyphens of the GUID were left out',
      done: 'A GUID library printed its 32 digits alone.',
      mend: 'Append the GUID as a plain text of 36 characters, hyphens included.',
      make: () => join(WEBSOCKET_GUID.replaceAll('-', '')),
    },
    {
      name: 'guid-in-braces',
      title: 'The GUID was written in braces',
      done: 'Some systems print a GUID as {…}, and the braces were hashed.',
      mend: 'Append the 36 characters without braces.',
      make: () => join('{', WEBSOCKET_GUID, '}'),
    },
    {
      name: 'guid-as-bytes',
      title: 'The GUID was parsed into 16 bytes',
      done: 'The GUID was read as a number, and its bytes were hashed rather than its characters.',
      mend: 'Append the GUID as a text: 36 characters, 36 bytes.',
      make: () =>
        Uint8Array.from(WEBSOCKET_GUID.replaceAll('-', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    },
  ],
};

/** How key and GUID become one text. RFC 6455 §4.2.2, item 5.4. */
export const TEXT_STEP: Step = {
  makes: 'hashed',
  subject: 'In the hashed text there',
  unit: 'byte',
  right: ({ key, guid }) => join(key, guid),
  wrong: [
    {
      name: 'guid-in-front',
      title: 'The GUID was put in front of the key',
      done: 'Both were joined in the wrong order.',
      mend: 'Put the key first and the GUID after it.',
      make: ({ key, guid }) => join(guid, key),
    },
    {
      name: 'no-guid',
      title: 'The key was hashed without the GUID',
      done: 'The GUID was forgotten, or never appended to the text that was hashed.',
      mend: 'Append the GUID to the key before you hash.',
      make: ({ key }) => key,
    },
    {
      name: 'line-feed-at-the-end',
      title: 'A line feed was hashed at the end',
      done: 'In a shell, echo ends its line: the line feed is hashed too.',
      mend: 'Use printf %s, or echo -n, and hash 60 bytes.',
      make: ({ key, guid }) => join(key, guid, '\n'),
    },
    {
      name: 'nul-at-the-end',
      title: 'A NUL byte was hashed at the end',
      done: 'In C, sizeof of a string literal counts the byte 0 that ends it.',
      mend: 'Hash strlen bytes: 60, not 61.',
      make: ({ key, guid }) => join(key, guid, '\0'),
    },
    {
      name: 'text-in-utf-16',
      title: 'The text was hashed in UTF-16',
      done: 'The string was turned to bytes in the form that the language keeps it in, two bytes a character.',
      mend: 'Turn the text to bytes as ASCII or UTF-8.',
      make: ({ key, guid }) => Uint8Array.from([...join(key, guid)].flatMap((byte) => [byte, 0])),
    },
  ],
};
