import { PART_NAMES, PARTS, type PartName, partNamed, type Site } from './parts.ts';
import type { Request } from './request-lines.ts';

export type BuilderAction =
  | { readonly type: 'choose'; readonly part: PartName; readonly choice: string }
  | { readonly type: 'switch'; readonly part: PartName; readonly on: boolean }
  | { readonly type: 'typeKey'; readonly typedKey: string }
  | { readonly type: 'site'; readonly site: Partial<Site> }
  | { readonly type: 'put'; readonly linked: LinkedRequest }
  | { readonly type: 'reset' };

/** A request that keeps every rule. */
export function rightRequest(site: Site): Request {
  const choices = Object.fromEntries(PARTS.map(({ name, choices: [first] }) => [name, first?.id ?? '']));
  const off = PARTS.filter(({ offAtFirst }) => offAtFirst).map(({ name }) => name);
  return { choices: choices as Record<PartName, string>, off, site };
}

export function reduceBuilder(request: Request, action: BuilderAction): Request {
  switch (action.type) {
    case 'choose': {
      const off = request.off.filter((name) => name !== action.part);
      return { ...request, off, choices: { ...request.choices, [action.part]: action.choice } };
    }
    case 'switch': {
      const others = request.off.filter((name) => name !== action.part);
      return { ...request, off: action.on ? others : [...others, action.part] };
    }
    case 'typeKey':
      return { ...request, site: { ...request.site, typedKey: action.typedKey } };
    case 'site':
      return { ...request, site: { ...request.site, ...action.site } };
    case 'put': {
      const { choices, off, typedKey } = action.linked;
      const right = rightRequest({ ...request.site, ...(typedKey !== undefined && { typedKey }) });
      return { ...right, off, choices: { ...right.choices, ...choices } };
    }
    case 'reset':
      return rightRequest(request.site);
  }
}

/** A request that an address describes. */
export interface LinkedRequest {
  readonly choices: Partial<Record<PartName, string>>;
  readonly off: readonly PartName[];
  readonly typedKey: string | undefined;
}

const OFF = 'off';

/** The address lists only the parts that were changed: `upgrade-off.version-8`. */
export function linkOfRequest({ choices, off, site }: Request): Readonly<Record<string, string>> {
  const changes = PARTS.flatMap(({ name, offAtFirst, choices: [first] }) => {
    const isOff = off.includes(name);
    if (isOff) return offAtFirst ? [] : [`${name}-${OFF}`];
    return choices[name] === first?.id && !offAtFirst ? [] : [`${name}-${choices[name]}`];
  });
  const typed = !off.includes('key') && choices.key === 'own';
  return { request: changes.length === 0 ? 'right' : changes.join('.'), ...(typed && { typed: site.typedKey }) };
}

/**
 * Reads the request from an address, `#request=upgrade-off.version-8`. The address can come from anybody.
 *
 * @returns undefined if the address describes none
 */
export function linkedRequest(parameters: URLSearchParams): LinkedRequest | { readonly problem: string } | undefined {
  const written = parameters.get('request');
  if (written === null) return undefined;
  const choices: Partial<Record<PartName, string>> = {};
  const off = new Set(PARTS.filter(({ offAtFirst }) => offAtFirst).map(({ name }) => name));
  for (const change of written === 'right' ? [] : written.split('.')) {
    const [, name, choice = ''] = /^([a-z]+)-([a-z0-9]+)$/.exec(change) ?? [];
    const part = PART_NAMES.find((known) => known === name);
    if (part === undefined || !isChoice(part, choice)) {
      return {
        problem: `The page’s address describes a request, but “${change.slice(0, 40)}” is not a change that can be made to it.`,
      };
    }
    if (choice === OFF) off.add(part);
    else {
      off.delete(part);
      choices[part] = choice;
    }
  }
  return { choices, off: [...off], typedKey: parameters.get('typed')?.slice(0, MAX_KEY_LENGTH) };
}

/** Longer than a right key, so that a key that is too long can be tried. */
export const MAX_KEY_LENGTH = 60;

function isChoice(name: PartName, choice: string): boolean {
  const { header, choices } = partNamed(name);
  return choices.some(({ id }) => id === choice) || (choice === OFF && header !== undefined);
}
