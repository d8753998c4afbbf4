import type { HandshakeRule } from '../rule.ts';
import { HEAD_RULES } from './head/rules.ts';
import { REQUEST_RULES } from './request/rules.ts';
import { RESPONSE_RULES } from './response/rules.ts';

/** Every rule of the opening handshake: the form of a head, then the request, then the response. RFC 6455 §4. */
export const HANDSHAKE_RULES: readonly HandshakeRule[] = [HEAD_RULES, REQUEST_RULES, RESPONSE_RULES].flatMap((table) =>
  Object.values<HandshakeRule>(table),
);
