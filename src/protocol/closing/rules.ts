import type { Rule } from '../violation.ts';

const closeCode = <Name extends string>(name: Name, section: string, requirement: string, example: string) =>
  ({ name, section, statusCode: 1002, field: 'payload data', requirement, brokenBy: 'either', example }) as const;

/** What can be wrong with a close frame's body. RFC 6455 §5.5.1, §7.4. */
export const CLOSING_RULES = {
  bodyOfOneByte: closeCode(
    'close-body-of-one-byte',
    '5.5.1',
    'A close body is empty, or it begins with a status code of two bytes.',
    '88810000000003',
  ),
  codeBelow1000: closeCode(
    'close-code-below-1000',
    '7.4.2',
    'Status codes from 0 to 999 are not used.',
    '88820000000003e7',
  ),
  code1004: closeCode('close-code-1004', '7.4.1', 'Status code 1004 is reserved.', '88820000000003ec'),
  code1005: closeCode(
    'close-code-1005',
    '7.4.1',
    'Status code 1005 stands for a close frame without a code: it is never sent.',
    '88820000000003ed',
  ),
  code1006: closeCode(
    'close-code-1006',
    '7.4.1',
    'Status code 1006 stands for a connection that ended without a close frame: it is never sent.',
    '88820000000003ee',
  ),
  code1015: closeCode(
    'close-code-1015',
    '7.4.1',
    'Status code 1015 stands for a failed TLS handshake: it is never sent.',
    '88820000000003f7',
  ),
  codeUnassigned: closeCode(
    'close-code-unassigned',
    '7.4.2',
    'Status codes from 1016 to 2999 are reserved for later versions of the protocol.',
    '888200000000044c',
  ),
  codeFrom5000: closeCode('close-code-from-5000', '7.4.2', 'Status codes end at 4999.', '8882000000001388'),
  reasonNotUtf8: {
    name: 'close-reason-not-utf8',
    section: '5.5.1',
    statusCode: 1007,
    field: 'payload data',
    requirement: 'The reason in a close body is valid UTF-8.',
    brokenBy: 'either',
    example: '88830000000003e8ff',
  },
} as const satisfies Record<string, Rule>;
