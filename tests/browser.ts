import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';

export interface Browser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** CHROMIUM_PATH, else the Chromium packed inside @sparticuz/chromium, else one on the machine. */
export async function findBrowser(): Promise<Browser> {
  const env = Object.fromEntries(Object.entries(process.env).filter((e): e is [string, string] => e[1] !== undefined));
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && given !== '') return { executablePath: given, args: ARGS, env };
  if (process.platform === 'linux' && process.arch === 'x64') return packed(env);
  for (const p of [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]) {
    if (existsSync(p)) return { executablePath: p, args: ARGS, env };
  }
  throw new Error('No browser: set CHROMIUM_PATH to a Chromium or Chrome executable.');
}

async function packed(env: Record<string, string>): Promise<Browser> {
  const require = createRequire(import.meta.url);
  const pkg = require.resolve('@sparticuz/chromium'); // build/index.js
  const bin = join(dirname(pkg), '..', 'bin');
  const { version } = require(join(dirname(pkg), '..', 'package.json')) as { version: string };
  const cache = join(import.meta.dirname, '..', 'node_modules', '.cache');
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    const tmp = await mkdtemp(join(cache, 'unpack-'));
    const un = (name: string, to: NodeJS.WritableStream) =>
      pipeline(createReadStream(join(bin, name)), createBrotliDecompress(), to);
    await Promise.all([
      un('chromium.br', createWriteStream(join(tmp, 'chromium'), { mode: 0o755 })),
      un('swiftshader.tar.br', extract(tmp)),
      un('fonts.tar.br', extract(join(tmp, 'fonts'))),
      un('al2023.tar.br', extract(join(tmp, 'al2023'))),
    ]);
    // The packed fonts.conf names a folder that is not there; without any font Chromium's renderer dies at the first text.
    await writeFile(
      join(tmp, 'fonts.conf'),
      `<?xml version="1.0"?><fontconfig><dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>\n`,
    );
    // Renaming a whole folder is atomic: a parallel run sees all of it or none of it.
    await rename(tmp, home).catch(async (e: NodeJS.ErrnoException) => {
      await rm(tmp, { recursive: true, force: true });
      if (e.code !== 'ENOTEMPTY' && e.code !== 'EEXIST') throw e;
    });
  }
  return {
    executablePath: join(home, 'chromium'),
    args: ARGS,
    env: {
      ...env,
      // System libraries first; the packed NSS and expat only fill the gaps.
      LD_LIBRARY_PATH: [
        env['LD_LIBRARY_PATH'],
        '/lib/x86_64-linux-gnu',
        '/usr/lib/x86_64-linux-gnu',
        join(home, 'al2023', 'lib'),
      ]
        .filter(Boolean)
        .join(':'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: join(home, 'fonts.conf') }),
    },
  };
}
