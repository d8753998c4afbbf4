import type { Plugin } from 'vite';

/** Requirements of a chapter with only white space between them. */
const RUN = /(?:^<Must\b[\s\S]*?<\/Must>\s*)+/gm;

/** Joins requirements that follow each other in a chapter into one list. An author only writes `<Must>`. */
export function rulesInShort(): Plugin {
  return {
    name: 'rules-in-short',
    // Runs before the chapter is compiled.
    enforce: 'pre',
    transform: {
      filter: { id: /\.mdx(?:\?|$)/ },
      handler: (source) => gatherRules(source),
    },
  };
}

/** @param source the source text of a chapter */
export function gatherRules(source: string): string {
  return source.replace(RUN, (run) => `<RulesInShort>\n\n${run.trimEnd()}\n\n</RulesInShort>\n\n`);
}
