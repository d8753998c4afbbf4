import type { HandshakeRule } from './handshake-rule.ts';

/** What the form of a head can get wrong, in the order in which it is checked. RFC 9112 §2 to §5. */
export const HEAD_RULES = [
  {
    name: 'malformed-request-line',
    section: 'RFC 9112 §3',
    requirement: 'A request begins with a method, one space, the target, one space and the HTTP version.',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'malformed-status-line',
    section: 'RFC 9112 §4',
    requirement: 'A response begins with the HTTP version, one space, three digits, one space and a phrase.',
    refusedBy: 'client',
    httpStatus: undefined,
  },
  {
    name: 'head-too-large',
    section: 'RFC 6585 §5',
    requirement: 'A head has to end within the bytes that its reader sets aside for it.',
    refusedBy: 'server',
    httpStatus: 431,
  },
  {
    name: 'too-many-headers',
    section: 'RFC 6585 §5',
    requirement: 'A head has no more header lines than its reader sets a place aside for.',
    refusedBy: 'server',
    httpStatus: 431,
  },
  {
    name: 'malformed-line-end',
    section: 'RFC 9112 §2.2',
    requirement: 'Every line of a head ends with CR LF, and neither stands anywhere else.',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'folded-header',
    section: 'RFC 9112 §5.2',
    requirement: 'A header is one line: no line begins with white space to continue the one before.',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'space-before-colon',
    section: 'RFC 9112 §5.1',
    requirement: 'No white space stands between the name of a header and its colon.',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'malformed-header-name',
    section: 'RFC 9112 §5',
    requirement: 'A header line is a name, made of letters, digits and a few signs, a colon and a value.',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'forbidden-character-in-header',
    section: 'RFC 9110 §5.5',
    requirement: 'The value of a header holds no control character but the tab.',
    refusedBy: 'server',
    httpStatus: 400,
  },
] as const satisfies readonly HandshakeRule[];
