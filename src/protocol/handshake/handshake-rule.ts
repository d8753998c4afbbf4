/** One rule of the opening handshake; rule-requirements.ts says what it requires, rule-examples.ts has a head that breaks it. */
export interface HandshakeRule {
  /** In kebab-case; a refusal carries it. */
  readonly name: string;
  /** Of RFC 6455, such as `4.2.1`; of another RFC it is written out: `RFC 9112 §5.1`. */
  readonly section: string;
  /** Who refuses the example. The rules for the form of a head bind both ends; their examples are mostly requests. */
  readonly refusedBy: 'server' | 'client';
  /** What the server answers. A client answers nothing: it fails the connection. */
  readonly httpStatus: number | undefined;
  /** The header that the rule speaks of, where it is one. */
  readonly headerName?: string;
}

/** Cites a rule's section in full: `4.2.1` becomes `RFC 6455 §4.2.1`. */
export function citeSection(section: string): string {
  return section.startsWith('RFC ') ? section : `RFC 6455 §${section}`;
}
