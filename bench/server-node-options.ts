import packageJson from '../package.json' with { type: 'json' };

/**
 * The options that `npm run server` passes to Node. If connections open faster than they close, V8's young generation grows
 * to 16 MiB and more, and stays that large: then most of the memory that an idle connection seems to take is this space.
 */
export const SERVER_NODE_OPTIONS: readonly string[] = packageJson.scripts.server
  .split(' ')
  .filter((word) => word.startsWith('--'));
