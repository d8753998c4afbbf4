import { expect, test } from 'vitest';
import { echo } from './handlers/echo.ts';
import { DEFAULT_SERVER_LIMITS } from './limits.ts';
import { createRouteServices } from './route-services.ts';

test('what sends the frames of a path is told when they are sent', () => {
  const route = { handler: echo };
  const options = { routes: new Map([['/', route]]), limits: DEFAULT_SERVER_LIMITS, log: undefined };
  const shared = createRouteServices(options, () => {}).get(route);
  expect(shared?.endpointOptions.sender).toBe(shared?.services.sender);
});
