import { trimWhiteSpace } from '../../trim-white-space.ts';
import { findForbiddenCharacter, isToken } from './field-grammar.ts';
import type { Header } from './head.ts';
import { quote, type Refusal, refuse } from './refusal.ts';
import { HEAD_RULES } from './rules.ts';

/**
 * Parses one header line: name, colon, value. RFC 9112 §5.
 *
 * Only the first colon separates: a value may contain more of them.
 *
 * @param line without its CR LF
 * @param lineNumber within the head, from 1, for the sentence of a refusal
 */
export function parseHeaderLine(line: string, lineNumber: number): { header: Header } | { refusal: Refusal } {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  if (!isToken(name)) return { refusal: refuseName(line, colon, name, lineNumber) };
  const value = trimWhiteSpace(line.slice(colon + 1));
  const forbidden = findForbiddenCharacter(value);
  if (forbidden >= 0) {
    const sentence = `Line ${lineNumber}: character ${forbidden + 1} of ${name} is ${quote(value.charAt(forbidden))}. Remove it.`;
    return { refusal: refuse(HEAD_RULES.forbiddenCharacterInHeader, sentence, name) };
  }
  return { header: { name, value } };
}

function refuseName(line: string, colon: number, name: string, lineNumber: number): Refusal {
  if (/^[ \t]/.test(line)) {
    return refuse(
      HEAD_RULES.foldedHeader,
      `Line ${lineNumber} begins with white space. Put the whole header on one line.`,
    );
  }
  const trimmed = trimWhiteSpace(name);
  if (isToken(trimmed)) {
    const sentence = `Line ${lineNumber}: there is white space before the colon of ${quote(trimmed)}. Remove it.`;
    return refuse(HEAD_RULES.spaceBeforeColon, sentence, trimmed);
  }
  const fault = colon < 0 ? 'has no colon' : `has ${quote(name)} for a name`;
  const sentence = `Line ${lineNumber} ${fault}. Send a name of letters, digits and hyphens, a colon and a value.`;
  return refuse(HEAD_RULES.malformedHeaderName, sentence);
}
