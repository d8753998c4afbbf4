import type { Plugin } from 'vite';

/** What Vite calls the module that it puts around every import() of a page. */
const PRELOAD_HELPER = '\0vite/preload-helper.js';

const NO_SHEET = '\0no-sheet';

/**
 * Leaves every import() of a page as it is written.
 *
 * Vite would have each name all the modules that come with it, so that they are asked for at once. Here most of them
 * are on the page already, and the lists, which hardly compress, would be a twentieth of its script.
 */
export default function plainImports(): Plugin {
  return {
    name: 'framelight:plain-imports',
    enforce: 'pre',
    // Astro keeps only some of what a configuration says of the build for browsers; this it does not touch.
    configEnvironment: (name) => (name === 'client' ? { build: { modulePreload: false } } : undefined),
    resolveId(source) {
      const { name, mode } = this.environment;
      return name === 'client' && mode === 'build' && source.endsWith('.css') ? NO_SHEET : undefined;
    },
    load(id) {
      if (id === NO_SHEET) return '';
      if (id !== PRELOAD_HELPER || this.environment.name !== 'client') return undefined;
      return 'export const __vitePreload = (load) => load();';
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          const lists = file.type === 'chunk' && file.code.includes('__vite__mapDeps');
          if (!lists || this.environment.name !== 'client') continue;
          this.error(`${file.fileName} imports a module with a style sheet on demand: import the sheet in the page.`);
        }
      },
    },
  };
}
