import { type ProxyRow, readProxyRecording } from './proxy-recording.ts';

const recordings = import.meta.glob<string>('/content/recordings/proxies/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The order of the page: those that most readers have come first. */
const ORDER = [
  ...['nginx', 'haproxy', 'apache', 'apache-wstunnel', 'caddy', 'varnish', 'lighttpd', 'h2o', 'nghttpx'],
  ...['http-proxy', 'http-proxy-3', 'httpxy', 'fastify-http-proxy', 'mockttp'],
];

/** All recordings. @throws Error if one is missing or not valid, which ends the build */
export const PROXIES: readonly (ProxyRow & { readonly id: string })[] = ORDER.map((id) => {
  const text = recordings[`/content/recordings/proxies/${id}.json`];
  if (text === undefined) throw new Error(`There is no recording of ${id}. Record it: npm run record-proxies -- ${id}`);
  return { id, ...readProxyRecording(text) };
});
