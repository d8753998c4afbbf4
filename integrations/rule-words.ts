import { type Plugin, parseAst } from 'vite';

const RULE_TABLE = /\/src\/protocol\/(?:[\w-]+\/)+rules\.ts$/;
const HANDSHAKE_TABLE = /\/handshake\/\w+\/rules\.ts$/;

/** Columns that no script of a page reads. Even the requirement of a handshake rule is part of the page's HTML. */
const UNUSED_BY_PAGES = ['why', 'example', 'receiver'];
const UNUSED_OF_HANDSHAKE = [...UNUSED_BY_PAGES, 'requirement', 'brokenBy'];

/**
 * Leaves the prose of the rules out of the scripts of the built pages. A script checks bytes against the rules and shows
 * hardly any of their prose. But a bundler keeps every property of an object, so a chapter would load 3.5 kB more. The
 * pages that show the prose are rendered from the whole tables.
 */
export function ruleWords(): Plugin {
  return {
    name: 'framelight:rule-words',
    apply: 'build',
    transform: {
      filter: { id: RULE_TABLE },
      handler(code, id) {
        if (this.environment.config.consumer !== 'client') return undefined;
        return withoutColumns(code, HANDSHAKE_TABLE.test(id) ? UNUSED_OF_HANDSHAKE : UNUSED_BY_PAGES);
      },
    },
  };
}

/** Removes the properties with these names from every row of a table. */
export function withoutColumns(code: string, columns: readonly string[]): string {
  let kept = '';
  let position = 0;
  for (const { start, end } of findProperties(parseAst(code), columns)) {
    kept += code.slice(position, start);
    position = end;
  }
  return kept + code.slice(position);
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds the source text of every property with one of these names. Each ends where the next property begins. */
function findProperties(node: unknown, names: readonly string[]): Range[] {
  if (Array.isArray(node)) return node.flatMap((each) => findProperties(each, names));
  if (typeof node !== 'object' || node === null) return [];
  if (!isObjectExpression(node)) return findProperties(Object.values(node), names);
  const { properties } = node;
  return properties.flatMap((property, index) => {
    if (!names.includes(property.key?.name ?? '')) return findProperties(property, names);
    return [{ start: property.start, end: properties[index + 1]?.start ?? property.end }];
  });
}

interface ObjectExpression {
  readonly properties: readonly (Range & { readonly key?: { readonly name?: string } })[];
}

function isObjectExpression(node: object): node is ObjectExpression {
  return 'type' in node && node.type === 'ObjectExpression';
}
