import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is a command of the shell. Its first argument is a window title.
  win32: ['cmd', '/c', 'start', ''],
};

/** Opens the browser. A failure is reported and has no other effect. */
export function openBrowser(url: string, onProblem: (problem: string) => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.on('error', () => onProblem(`Could not open the browser: ${command} is missing. Open ${url} yourself.`));
  opener.on('exit', (status) => {
    if (status !== 0) onProblem(`Could not open the browser: ${command} failed. Open ${url} yourself.`);
  });
  opener.unref();
}
