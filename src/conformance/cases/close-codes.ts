import { checkCloseBody } from '../../protocol/closing/close-body.ts';
import { CLOSING_RULES } from '../../protocol/closing/rules.ts';
import { statusCodeInfo } from '../../protocol/closing/status-codes.ts';
import type { ConformanceCase } from '../case.ts';
import { close } from '../frames.ts';
import { CLOSE_IS_ANSWERED, closingCase, failureCase, NO_CODE } from './forms.ts';

const VALID_CODES = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000, 4001, 4999,
];
const AUTOBAHN_VALID = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999];

const VALID = VALID_CODES.map((code) => {
  const nth = AUTOBAHN_VALID.indexOf(code);
  // Some codes were registered after the RFC. A server that knows only the RFC may reject them.
  const allowedCodes = statusCodeInfo(code).source === 'IANA' ? [1000, NO_CODE, 1002] : [1000, NO_CODE];
  return closingCase(
    {
      id: `7.4-close-${code}`,
      title: `Close ${code}: ${statusCodeInfo(code).name}`,
      section: '7.4',
      requirement: CLOSE_IS_ANSWERED,
      autobahn: nth < 0 ? undefined : `7.7.${nth + 1}`,
    },
    { items: [close(code)] },
    { closeCode: code, allowedCodes },
  );
});

const INVALID_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 9999, 65535];
const AUTOBAHN_INVALID = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999];

/** The RFC defines codes up to 4999 (§11.7). A server that accepts others breaks none of its rules. */
const UNDEFINED = { allowedCodes: [1000, NO_CODE], excused: CLOSING_RULES.codeFrom5000.name };

const INVALID = INVALID_CODES.map((code) => {
  const nth = AUTOBAHN_INVALID.indexOf(code);
  const beyond = [5000, 65535].indexOf(code);
  const autobahn = nth >= 0 ? `7.9.${nth + 1}` : beyond >= 0 ? `7.13.${beyond + 1}` : undefined;
  const body = new Uint8Array([code >> 8, code]);
  return failureCase(
    {
      id: `7.4-close-${code}`,
      title: `Close ${code}: ${statusCodeInfo(code).name}`,
      rule: checkCloseBody(body)?.rule ?? '',
      autobahn,
    },
    { items: [close(code)] },
    code < 5000 ? {} : UNDEFINED,
  );
});

/** The status codes that a client may send, and some that it must not. RFC 6455 §7.4. */
export const CLOSE_CODES: readonly ConformanceCase[] = [...VALID, ...INVALID];
