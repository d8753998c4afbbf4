import { existsSync, readdirSync } from 'node:fs';

/** Behind every text that says why there is no site. */
export const STILL_SERVED = 'The sockets are served without it: /echo, /broadcast, /dump and /tap.\n';

/**
 * Why the site in a folder cannot be served, as a text for who asks for it; undefined where it can.
 *
 * @throws Error where the folder cannot be read
 */
export function problemWithSite(directory: URL): string | undefined {
  if (!existsSync(directory)) {
    return `The site is not built yet. Run "npm run build", then start the server again.\n${STILL_SERVED}`;
  }
  // A build makes no links: one that leads out of the folder would show what is no part of the site.
  const link = readdirSync(directory, { recursive: true, withFileTypes: true }).find((entry) => entry.isSymbolicLink());
  if (link === undefined) return undefined;
  return `The site is not served: ${JSON.stringify(link.name)} in it is a symbolic link. Remove the folder of the site, run "npm run build", then start the server again.\n${STILL_SERVED}`;
}
