import type { Plugin } from 'vite';

/** Vite's name for the helper module that it puts around every import() of a page. */
const PRELOAD_HELPER = '\0vite/preload-helper.js';

const NO_SHEET = '\0no-sheet';

/**
 * Leaves every import() of a page as it is written.
 *
 * By default Vite adds to each import() a list of all modules that it needs, so that the browser can request them at
 * once. Here most of them are already on the page. The lists hardly compress, and would be a twentieth of the script.
 */
export default function plainImports(): Plugin {
  return {
    name: 'framelight:plain-imports',
    enforce: 'pre',
    // Astro overwrites some options of the build for browsers, but not this one.
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
