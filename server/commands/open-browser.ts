import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` belongs to the shell; its first argument is a window's title.
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the browser, where the machine knows how; a failure is told and changes nothing. */
export function openBrowser(url: string, onProblem: (problem: string) => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => onProblem(`The browser could not be opened: there is no ${command}. Open ${url} in it.`));
  opener.on('exit', (status) => {
    if (status !== 0) onProblem(`The browser could not be opened: ${command} failed. Open ${url} in it.`);
  });
  opener.unref();
}
