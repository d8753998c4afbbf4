import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import sitemap from '@astrojs/sitemap';
import { defineConfig, fontProviders } from 'astro/config';
import pagefind from 'astro-pagefind';
import { CHUNKS } from './integrations/chunks.ts';
import companion from './integrations/companion.ts';
import plainImports from './integrations/plain-imports.ts';
import policyFirst from './integrations/policy-first.ts';
import { ruleWords } from './integrations/rule-words.ts';
import { rulesInShort } from './integrations/rules-in-short.ts';
import tightScripts from './integrations/tight-scripts.ts';
import { compressSite } from './scripts/compress-site.ts';
import { tokenClasses } from './src/components/code/token-classes.ts';

const font = (file) => `@fontsource${file}.woff2`;

export default defineConfig({
  site: 'http://localhost:8080',
  // A page is a folder with an index.html: every static host serves that, with or without the last slash.
  // Its styles stand in the page: on a slow network they would come a round trip later.
  build: { format: 'directory', inlineStylesheets: 'always' },
  trailingSlash: 'ignore',
  // A line break between two words of prose is a space, as in HTML.
  compressHTML: true,
  server: { port: 8080 },
  integrations: [
    // Highlighted tokens get class names: a style attribute would not pass the policy below.
    mdx({ syntaxHighlight: 'shiki', shikiConfig: { theme: 'css-variables', transformers: [tokenClasses] } }),
    // Only what holds JSX: Babel drops the parentheses of `(a as number) | (b as number)` in plain TypeScript.
    preact({ include: ['**/*.tsx'] }),
    sitemap(),
    pagefind(),
    policyFirst(),
    // Last: it compresses what the others have written.
    compressSite(),
    companion(),
  ],
  fonts: [
    // Preloaded, they are mostly there before the first paint. On a slow network a page is first set in a font of the
    // system that was fitted to them: src/styles/fallback-fonts.css.
    {
      name: 'Source Serif 4',
      cssVariable: '--font-serif',
      provider: fontProviders.local(),
      display: 'swap',
      optimizedFallbacks: false,
      fallbacks: [
        ...['Georgia', 'Noto', 'Times', 'DejaVu', 'Open Sans'].map((font) => `Like Source Serif: ${font}`),
        'serif',
      ],
      options: {
        variants: [
          // Two weights are smaller than the variable font, which has them all.
          { weight: 400, style: 'normal', src: [font('/source-serif-4/files/source-serif-4-latin-400-normal')] },
          { weight: 600, style: 'normal', src: [font('/source-serif-4/files/source-serif-4-latin-600-normal')] },
          { weight: 400, style: 'italic', src: [font('/source-serif-4/files/source-serif-4-latin-400-italic')] },
        ],
      },
    },
    {
      name: 'JetBrains Mono',
      cssVariable: '--font-mono',
      provider: fontProviders.local(),
      display: 'swap',
      optimizedFallbacks: false,
      fallbacks: [...['Consolas', 'Menlo', 'Liberation'].map((font) => `Like JetBrains Mono: ${font}`), 'monospace'],
      options: {
        variants: [
          {
            weight: '400 700',
            style: 'normal',
            // The whole font is three times as large: scripts/subset-mono-font.py.
            src: ['./src/styles/fonts/jetbrains-mono-latin.woff2'],
          },
        ],
      },
    },
  ],
  // Chapters are MDX; plain Markdown, if there were any, would not be highlighted.
  markdown: { syntaxHighlight: false },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
      ],
    },
  },
  vite: {
    plugins: [rulesInShort(), plainImports(), ruleWords(), tightScripts()],
    // So that a worker, too, can load a part of itself when it is needed.
    worker: { format: 'es', plugins: () => [ruleWords()] },
    build: {
      // light-dark() stays as it is written; older targets would have it replaced and lose the theme switch.
      cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
      // Silences a Rolldown warning about Astro's own "use astro:head-inject" in every MDX file.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              codeSplitting: { groups: [...CHUNKS] },
            },
          },
        },
      },
    },
  },
});
