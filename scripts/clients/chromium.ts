// The bundled Chromium, driven by the page that the suite's own server has: node scripts/clients/chromium.ts ws://127.0.0.1:9001 AGENT
import { chromium } from 'playwright';
import { findBrowser } from '../../tests/browser.ts';

const [server = '', agent = 'chromium'] = process.argv.slice(2);
const MAX_RUN_MS = 15 * 60_000;

const browser = await chromium.launch(await findBrowser());
try {
  if (server === '--version') console.log(browser.version());
  else {
    const page = await browser.newPage();
    await page.goto(`${server.replace('ws', 'http')}/?agent=${agent}`);
    await page.getByText('The table shows').waitFor({ timeout: MAX_RUN_MS });
    const closing = `new Promise((resolve) => {
      const socket = new WebSocket(${JSON.stringify(`${server}/case/client-closes?agent=${agent}`)});
      socket.onopen = () => socket.close();
      socket.onclose = resolve;
    }).then(() => undefined)`;
    await page.evaluate(closing);
  }
} finally {
  await browser.close();
}
