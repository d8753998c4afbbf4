import type { HandshakeRule } from '../handshake-rule.ts';

/** What the form of a head can get wrong, in the order in which it is checked. RFC 9112 §2 to §5. */
export const HEAD_RULES = [
  {
    name: 'malformed-request-line',
    section: 'RFC 9112 §3',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'malformed-status-line',
    section: 'RFC 9112 §4',
    refusedBy: 'client',
    httpStatus: undefined,
  },
  {
    name: 'head-too-large',
    section: 'RFC 6585 §5',
    refusedBy: 'server',
    httpStatus: 431,
  },
  {
    name: 'too-many-headers',
    section: 'RFC 6585 §5',
    refusedBy: 'server',
    httpStatus: 431,
  },
  {
    name: 'malformed-line-end',
    section: 'RFC 9112 §2.2',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'folded-header',
    section: 'RFC 9112 §5.2',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'space-before-colon',
    section: 'RFC 9112 §5.1',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'malformed-header-name',
    section: 'RFC 9112 §5',
    refusedBy: 'server',
    httpStatus: 400,
  },
  {
    name: 'forbidden-character-in-header',
    section: 'RFC 9110 §5.5',
    refusedBy: 'server',
    httpStatus: 400,
  },
] as const satisfies readonly HandshakeRule[];
