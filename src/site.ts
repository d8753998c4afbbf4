/** The product's name: in the header, and at the end of every page's title. */
export const SITE_NAME = 'Framelight';

/** What it is, in the fewest words: the title of the home page after the name. */
export const SITE_TAGLINE = 'WebSocket, bit by bit';

export const SITE_DESCRIPTION =
  'Learn the WebSocket protocol from the bytes your own browser sends: the handshake, the frame, the mask, ' +
  'every bit with its name and its rule.';

/** A section of the site, as the header shows it. */
interface Section {
  readonly href: string;
  readonly label: string;
  /** Other places that belong to the section. */
  readonly also?: readonly string[];
}

/** The sections of the site, in the header's order. */
export const NAVIGATION: readonly Section[] = [
  { href: '/chapters/', label: 'Tutorial', also: ['/your-server/', '/experiments/'] },
  { href: '/inspector/', label: 'Inspect', also: ['/decode/', '/accept/'] },
  { href: '/why/', label: 'Why it ended' },
  { href: '/check/', label: 'Test a server' },
  { href: '/reference/', label: 'Reference', also: ['/glossary/'] },
];

/** The section that a page belongs to, if any. */
export function sectionOf(path: string): Section | undefined {
  return NAVIGATION.find(({ href, also = [] }) => [href, ...also].some((start) => path.startsWith(start)));
}
