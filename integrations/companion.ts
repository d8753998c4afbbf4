import type { Server } from 'node:http';
import type { AstroIntegration } from 'astro';
import { createLog } from '../server/log.ts';
import { attachSockets } from '../server/opening/sockets.ts';
import { sendHealth } from '../server/site/health.ts';
import { HEALTH_PATH } from '../src/companion/paths.ts';

/** `astro dev` serves the companion's sockets on the port of the site; every other upgrade is left to Vite. */
export default function companion(): AstroIntegration {
  return {
    name: 'companion',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        if (server.httpServer === null) return;
        // Over plain HTTP it is one: Vite's type also covers HTTP/2, which this site is not developed with.
        const webSockets = attachSockets(server.httpServer as Server, {
          leaveOtherUpgrades: true,
          log: createLog((line) => logger.warn(line)),
        });
        server.middlewares.use((request, response, next) => {
          if (webSockets.serves(request)) webSockets.refuse(request, response);
          else if (request.url === HEALTH_PATH) sendHealth(response);
          else next();
        });
        server.httpServer.on('close', () => webSockets.close());
      },
    },
  };
}
