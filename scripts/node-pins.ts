/** A pin that is more minor versions behind the newest is too old. */
const MAX_MINORS_BEHIND = 2;

/** A package of Node for one platform, as package.json pins it. */
export interface NodePin {
  readonly name: string;
  /** Such as 24.21.0. */
  readonly version: string;
}

/** The packages of Node among the optional dependencies. */
export function nodePins(optionalDependencies: Readonly<Record<string, string>>): readonly NodePin[] {
  const pins = Object.entries(optionalDependencies).map(([name, version]) => ({ name, version }));
  return pins.filter(({ name }) => /^node-(?:linux|darwin|win)-/.test(name));
}

/**
 * Compares a pin with the versions in the registry.
 *
 * @param versions all versions of the package, in any order
 * @returns what to change; undefined if the pin is at most two minor versions behind
 */
export function problemOf({ name, version }: NodePin, versions: readonly string[]): string | undefined {
  const [major, minor] = numbersOf(version);
  const sameMajor = versions.filter((other) => /^\d+\.\d+\.\d+$/.test(other) && numbersOf(other)[0] === major);
  const newest = sameMajor.sort(compareVersions).at(-1);
  if (newest === undefined) return `${name}: the registry has no version ${major}. Pin a version that it has.`;
  const behind = numbersOf(newest)[1] - minor;
  if (behind <= MAX_MINORS_BEHIND) return undefined;
  return `${name} is pinned to ${version}, ${behind} minor versions behind ${newest}. In package.json set optionalDependencies["${name}"] to "${newest}", run "npm install --package-lock-only", then "npm ci" in a fresh clone.`;
}

function compareVersions(a: string, b: string): number {
  const [majorA, minorA, patchA] = numbersOf(a);
  const [majorB, minorB, patchB] = numbersOf(b);
  return majorA - majorB || minorA - minorB || patchA - patchB;
}

function numbersOf(version: string): readonly [major: number, minor: number, patch: number] {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}
