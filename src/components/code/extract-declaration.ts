import { parseSync } from 'vite';

/**
 * Cuts one exported declaration out of a TypeScript source, with the comment right before it; or one member of an
 * exported class.
 *
 * @param file the path that an error names
 * @param source the file's whole text
 * @param name the declaration's name; a member's behind that of its class: `FrameReader.next`, `FrameReader.#chunk`
 * @throws Error when the source does not parse or exports nothing of that name
 */
export function extractDeclaration(file: string, source: string, name: string): string {
  const { program, comments, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const [declared, member] = name.split('.');
  for (const node of program.body) {
    if (node.type !== 'ExportNamedDeclaration' || node.declaration === null) continue;
    if (!declaredNames(node.declaration).includes(declared ?? '')) continue;
    const found = member === undefined ? node : findMember(node.declaration, member);
    if (found === undefined) break;
    const doc = comments.findLast((c) => c.end <= found.start && source.slice(c.end, found.start).trim() === '');
    const text = source.slice(doc?.start ?? found.start, found.end);
    return member === undefined ? text : text.replace(/\n {2}/g, '\n');
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

function findMember(declaration: Declaration, name: string): { start: number; end: number } | undefined {
  if (declaration.type !== 'ClassDeclaration') return undefined;
  return declaration.body.body.find((member) => {
    if (!('key' in member)) return false;
    const { key } = member;
    if (key.type === 'PrivateIdentifier') return `#${key.name}` === name;
    return key.type === 'Identifier' && key.name === name;
  });
}
