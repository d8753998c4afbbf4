import type { Outcome } from '../../conformance/verdict.ts';
import type { SectionCounts } from './peer-recording.ts';

/** Related sections, with the sums of their counts. */
export type SectionGroup = { readonly name: string; readonly total: number } & Readonly<Record<Outcome, number>>;

const GROUPS: readonly (readonly [name: string, sections: RegExp])[] = [
  ['Opening handshake', /^(?:4\.|9\.1$|11\.3\.|RFC )/],
  ['Frames', /^5\.(?:1|2|3|6|7)$/],
  ['Fragments', /^5\.4$/],
  ['Pings and pongs', /^5\.5(?:\.2|\.3)?$/],
  ['Closing', /^(?:5\.5\.1|7\..*|11\.7)$/],
  ['Text', /^8\.1$/],
  ['Size and number', /^(?:6\.2|10\.4)$/],
];

/**
 * Adds up the counts of related sections.
 *
 * @throws Error if a section belongs to no group
 */
export function groupSections(sections: readonly SectionCounts[]): SectionGroup[] {
  const stray = sections.find(({ section }) => !GROUPS.some(([, pattern]) => pattern.test(section)));
  if (stray !== undefined) throw new Error(`section-groups.ts has no group for the section ${stray.section}`);
  return GROUPS.map(([name, pattern]) => {
    const own = sections.filter(({ section }) => pattern.test(section));
    const sumOf = (outcome: Outcome) => own.reduce((sum, counts) => sum + counts[outcome], 0);
    const counts = { passed: sumOf('passed'), allowed: sumOf('allowed'), failed: sumOf('failed') };
    return { name, total: counts.passed + counts.allowed + counts.failed, ...counts };
  });
}
