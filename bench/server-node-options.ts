import packageJson from '../package.json' with { type: 'json' };

/**
 * What `npm run server` tells Node. The room that V8 gives young objects grows to 16 MiB and more where connections come
 * faster than they go, and stays: most of what an idle connection then seems to take is that room.
 */
export const SERVER_NODE_OPTIONS: readonly string[] = packageJson.scripts.server
  .split(' ')
  .filter((word) => word.startsWith('--'));
