import { buildSite } from './build-site.ts';

// `npm run build`: builds the site and records that, so that `npm start` need not build it again.

process.exitCode = await buildSite(new URL('../', import.meta.url));
