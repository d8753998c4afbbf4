import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const compress = promisify(brotliCompress);

const TEXT = /\.(?:html|css|js|svg|xml|txt|json)$/;
/** Shorter files fit into one packet uncompressed. */
const WORTH_BYTES = 1024;
/** The highest quality: pages are a fourteenth smaller than with 9, and the build takes one or two seconds longer. */
const QUALITY = 11;

/**
 * Writes a compressed copy beside every text file of the built site, such as `index.html.br`. A server sends it
 * unchanged.
 */
export function compressSite(): AstroIntegration {
  return {
    name: 'compress-site',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => TEXT.test(file));
        const written = await Promise.all(files.map((file) => compressFile(join(folder, file))));
        logger.info(`${written.filter(Boolean).length} files compressed`);
      },
    },
  };
}

async function compressFile(path: string): Promise<boolean> {
  const bytes = await readFile(path);
  if (bytes.length < WORTH_BYTES) return false;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${path}.br`, await compress(bytes, { params }));
  return true;
}
