export const SITE_NAME = 'WebSocket, bit by bit';

export const SITE_DESCRIPTION =
  'Learn the WebSocket protocol from the bytes that your own browser sends: the handshake, the frame, the mask, ' +
  'each bit with its name and its rule.';

/** The pages that the header leads to. */
export const NAVIGATION = [
  { href: '/chapters/', label: 'Contents' },
  { href: '/reference/', label: 'Reference' },
  { href: '/glossary/', label: 'Glossary' },
  { href: '/accept/', label: 'Accept calculator' },
  { href: '/decode/', label: 'Decoder' },
  { href: '/check/', label: 'Check' },
  { href: '/search/', label: 'Search' },
] as const;
