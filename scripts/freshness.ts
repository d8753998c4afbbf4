import { readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Everything that the site is built from. Chapters show code of the server, too. */
export const SOURCES = [
  ...['src', 'server', 'content', 'public', 'integrations', 'scripts'],
  ...['astro.config.mjs', 'package-lock.json'],
];

/** Written after a build, so that an interrupted build does not count. */
const STAMP = 'dist/.built';

/** Records that the site was built from the files of a given time. Files that changed during the build count as new. */
export function noteBuild(root: URL, startedAt: Date): void {
  const stamp = new URL(STAMP, root);
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}

/**
 * Whether the site must be built, because it was not built or something has changed since.
 *
 * @param root the project's folder, with a slash at its end
 */
export function needsBuild(root: URL): boolean {
  const builtMs = changedMs(new URL(STAMP, root));
  return builtMs === undefined || SOURCES.some((source) => newestMs(new URL(source, root)) > builtMs);
}

/** A folder changes when a file in it appears or disappears, so deleted files count, too. */
function newestMs(source: URL): number {
  const ownMs = changedMs(source);
  if (ownMs === undefined) return Number.NEGATIVE_INFINITY;
  if (!statSync(source).isDirectory()) return ownMs;
  const folder = fileURLToPath(source);
  const inside = readdirSync(folder, { recursive: true, withFileTypes: true });
  return inside.reduce((newest, { parentPath, name }) => {
    const { mtimeMs } = statSync(`${parentPath}/${name}`);
    return Math.max(newest, mtimeMs);
  }, ownMs);
}

function changedMs(file: URL): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}
