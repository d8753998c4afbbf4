import type { Server } from 'node:http';
import type { AstroIntegration } from 'astro';
import { createLog } from '../server/log.ts';
import { attachSockets } from '../server/opening/sockets.ts';
import { sendHealth } from '../server/site/health.ts';
import { HEALTH_PATH } from '../src/companion/paths.ts';

/** Makes `astro dev` serve the companion's sockets on the site's port. Vite handles every other upgrade. */
export default function companion(): AstroIntegration {
  return {
    name: 'companion',
    hooks: {
      'astro:server:setup': ({ server, logger }) => {
        if (server.httpServer === null) return;
        // Vite's type also covers HTTP/2, but the development server of this site speaks plain HTTP.
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
