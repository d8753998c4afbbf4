import { parseSync } from 'vite';

/**
 * Cuts one exported declaration out of a TypeScript source, with the comment right before it.
 *
 * @param file the path that an error names
 * @param source the file's whole text
 * @param name the declaration's name
 * @throws Error when the source does not parse or exports nothing of that name
 */
export function extractDeclaration(file: string, source: string, name: string): string {
  const { program, comments, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration === null) continue;
    if (!declaredNames(node.declaration).includes(name)) continue;
    const doc = comments.findLast((c) => c.end <= node.start && source.slice(c.end, node.start).trim() === '');
    return source.slice(doc?.start ?? node.start, node.end);
  }
  throw new Error(`${file} exports no ${name}`);
}

type Declaration = NonNullable<
  Extract<ReturnType<typeof parseSync>['program']['body'][number], { type: 'ExportNamedDeclaration' }>['declaration']
>;

function declaredNames(declaration: Declaration): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
  }
  return 'id' in declaration && declaration.id !== null && 'name' in declaration.id ? [declaration.id.name] : [];
}
