import { buildSite } from './build-site.ts';

// Builds the site, and notes it, so that `npm start` need not build it again: what `npm run build` does.

process.exitCode = await buildSite(new URL('../', import.meta.url));
