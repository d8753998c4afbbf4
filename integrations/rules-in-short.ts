import type { Plugin } from 'vite';

/** Requirements of a chapter that follow each other, with nothing but white space between them. */
const RUN = /(?:^<Must\b[\s\S]*?<\/Must>\s*)+/gm;

/** Makes one list of the requirements that follow each other in a chapter: whoever writes one just writes `<Must>`. */
export function rulesInShort(): Plugin {
  return {
    name: 'rules-in-short',
    // Before the chapter is compiled.
    enforce: 'pre',
    transform: {
      filter: { id: /\.mdx(?:\?|$)/ },
      handler: (source) => gatherRules(source),
    },
  };
}

/** @param source a chapter as it is written */
export function gatherRules(source: string): string {
  return source.replace(RUN, (run) => `<RulesInShort>\n\n${run.trimEnd()}\n\n</RulesInShort>\n\n`);
}
