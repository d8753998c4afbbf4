import type { BuiltPage } from './built-site.ts';

/** A link that leads nowhere, and where it stands. */
export interface BrokenLink {
  readonly page: string;
  readonly href: string;
  readonly why: string;
}

/** Pages of other hosts that a link may lead to: where the protocol is defined. */
export const OTHER_HOSTS = [
  'www.rfc-editor.org',
  'www.iana.org',
  'websockets.spec.whatwg.org',
  'fetch.spec.whatwg.org',
];

const HERE = 'http://site.invalid';

/** Follows every link of every page: to pages, files, places within a page, and the hosts that may be linked to. */
export function findBrokenLinks(pages: readonly BuiltPage[], isFile: (path: string) => boolean): BrokenLink[] {
  const idsOf = new Map(
    pages.map(({ path, elements }) => [
      path,
      new Set(elements.flatMap(({ attributes }) => attributes.get('id') ?? [])),
    ]),
  );
  return pages.flatMap(({ path: page, elements }) =>
    elements
      .filter(({ name }) => name === 'a')
      .flatMap(({ attributes }) => {
        const href = attributes.get('href');
        const why = href === undefined ? 'it has no address' : whyBroken(href, page, idsOf, isFile);
        return why === undefined ? [] : [{ page, href: href ?? '', why }];
      }),
  );
}

function whyBroken(
  href: string,
  page: string,
  idsOf: ReadonlyMap<string, ReadonlySet<string>>,
  isFile: (path: string) => boolean,
): string | undefined {
  const url = new URL(href, HERE + page);
  if (url.origin !== HERE) {
    return url.protocol === 'https:' && OTHER_HOSTS.includes(url.host) ? undefined : `${url.origin} is another host`;
  }
  const ids = idsOf.get(url.pathname);
  if (ids === undefined) return isFile(url.pathname) ? undefined : `there is no page ${url.pathname}`;
  const place = decodeURIComponent(url.hash.slice(1));
  // What holds a = is a figure's state.
  if (place === '' || place.includes('=') || ids.has(place)) return undefined;
  return `${url.pathname} has no element with the id ${place}`;
}
