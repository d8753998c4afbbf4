import { minify } from 'terser';
import type { Plugin } from 'vite';

/**
 * Minifies the scripts of the built pages once more, with terser. Compressed, they are then two percent smaller than with
 * the bundler's own minifier, which keeps each chapter under its limit of 60 kB.
 */
export default function tightScripts(): Plugin {
  return {
    name: 'framelight:tight-scripts',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        if (this.environment.name !== 'client') return;
        for (const file of Object.values(bundle)) {
          if (file.type !== 'chunk') continue;
          const { code } = await minify(file.code, {
            module: true,
            compress: { passes: 2, unsafe: true, unsafe_arrows: true, unsafe_methods: true, sequences: false },
            // One kind of quotes, so that equal texts compress as one.
            format: { quote_style: 1 },
            ecma: 2020,
          });
          if (code !== undefined) file.code = code;
        }
      },
    },
  };
}
