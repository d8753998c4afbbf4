/** As much of a node of a chapter's syntax tree as is needed here. */
interface Node {
  type: string;
  name?: string | null;
  attributes?: unknown[];
  children?: Node[];
}

const REQUIREMENT = 'Must';
const BLOCK = 'RulesInShort';

/** A remark plugin: requirements that follow each other become one list. `<Must>` by itself becomes a list of one. */
export function rulesInShort(): (tree: Node) => void {
  return gather;
}

function gather(parent: Node): void {
  if (parent.children === undefined) return;
  const children: Node[] = [];
  let block: Node | undefined;
  for (const child of parent.children) {
    if (child.type === 'mdxJsxFlowElement' && child.name === REQUIREMENT) {
      if (block === undefined) {
        block = { type: 'mdxJsxFlowElement', name: BLOCK, attributes: [], children: [] };
        children.push(block);
      }
      block.children?.push(child);
    } else {
      block = undefined;
      gather(child);
      children.push(child);
    }
  }
  parent.children = children;
}
