import { RFC6455_SECTIONS } from './rfc6455-sections.ts';

/** A section of an RFC, ready to be linked to. */
export interface Citation {
  /** `RFC 6455 §4.2.1` */
  readonly label: string;
  /** `§4.2.1`; with the RFC's number where it is another than 6455. */
  readonly shortLabel: string;
  /** Known for RFC 6455 only. */
  readonly title: string | undefined;
  readonly href: string;
}

/**
 * Cites sections of an RFC.
 *
 * @param sections one, or several with commas: `4.1, 4.2.1`; written out (`RFC 9112 §3.2`) it names its own RFC
 * @param rfc the number of the RFC
 * @throws Error when RFC 6455 has no such section
 */
export function cite(sections: string, rfc = '6455'): Citation[] {
  return sections.split(/,\s*/).map((one) => {
    const [, number = rfc, section = one] = /^RFC (\d+) §(.+)$/.exec(one) ?? [];
    const ours = number === '6455';
    const title = ours ? RFC6455_SECTIONS[section] : undefined;
    if (ours && title === undefined) throw new Error(`RFC 6455 has no section "${section}" in rfc6455-sections.ts`);
    return {
      label: `RFC ${number} §${section}`,
      shortLabel: ours ? `§${section}` : `${number} §${section}`,
      title,
      href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
    };
  });
}
