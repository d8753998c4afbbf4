import { type parseSync, Visitor } from 'vite';

/** A name that a source file uses and does not declare; of a member of such a name, both: `Math.random`. */
export interface FreeName {
  readonly name: string;
  readonly line: number;
}

/** A type that is imported where it stands: `import('node:net').Socket`. */
interface ImportedType {
  readonly specifier: string;
  readonly start: number;
}

type Program = ReturnType<typeof parseSync>['program'];

/**
 * Finds the names of the platform that a script uses.
 *
 * A name that the script declares anywhere counts as its own everywhere: nobody hides `document`
 * behind a parameter of that name in another function, and a scope analysis would be ten times as long.
 */
export function readFreeNames(
  program: Program,
  lineOf: (offset: number) => number,
): { names: FreeName[]; importedTypes: ImportedType[] } {
  const used: FreeName[] = [];
  const importedTypes: ImportedType[] = [];
  const declared = new Set<string>();
  // What stands behind a dot, or in front of a colon, is a name but no variable.
  const keys = new WeakSet<object>();

  const declare = (pattern: unknown): void => {
    for (const name of namesIn(pattern)) declared.add(name);
  };
  const declareId = ({ id }: { id: unknown }): void => declare(id);
  const declareParameters = ({ params }: { params: unknown }): void => declare(params);
  const noteKey = ({ key, computed }: { key: object; computed: boolean }): void => {
    if (!computed) keys.add(key);
  };

  new Visitor({
    ImportDeclaration: ({ specifiers }) => declare(specifiers.map(({ local }) => local)),
    VariableDeclarator: declareId,
    FunctionDeclaration: ({ id, params }) => declare([id, params]),
    FunctionExpression: declareParameters,
    ArrowFunctionExpression: declareParameters,
    TSFunctionType: declareParameters,
    TSMethodSignature: (node) => {
      noteKey(node);
      declareParameters(node);
    },
    CatchClause: ({ param }) => declare(param),
    ClassDeclaration: declareId,
    TSInterfaceDeclaration: declareId,
    TSTypeAliasDeclaration: declareId,
    TSTypeParameter: ({ name }) => declare(name),
    TSImportType: ({ source, start }) => importedTypes.push({ specifier: source.value, start }),
    Property: (node) => {
      if (!node.shorthand) noteKey(node);
    },
    MethodDefinition: noteKey,
    PropertyDefinition: noteKey,
    TSPropertySignature: noteKey,
    MemberExpression: ({ object, property, computed, start }) => {
      if (computed) return;
      keys.add(property);
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      used.push({ name: `${object.name}.${property.name}`, line: lineOf(start) });
    },
    Identifier: (node) => {
      if (!keys.has(node)) used.push({ name: node.name, line: lineOf(node.start) });
    },
  }).visit(program);

  const names = used.filter(({ name }) => !declared.has(name.replace(/\..*/, '')));
  return { names, importedTypes };
}

/** The names that a pattern binds, its defaults aside. */
function namesIn(pattern: unknown): string[] {
  if (Array.isArray(pattern)) return pattern.flatMap(namesIn);
  if (typeof pattern !== 'object' || pattern === null) return [];
  const node: Readonly<Record<string, unknown>> = { ...pattern };
  if (node['type'] === 'Identifier') return [String(node['name'])];
  if (node['type'] === 'Property') return namesIn(node['value']);
  return ['left', 'argument', 'elements', 'properties', 'parameter'].flatMap((part) => namesIn(node[part]));
}
