/** The page that drives a browser through all cases. Its script and style are files of their own, so that the CSP can be strict. */
export const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Framelight: test this browser</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
<h1>Test this browser’s WebSocket</h1>
<p>This page opens one connection for each case and echoes every message. The server judges what the browser does.</p>
<p id="progress" role="status">The page needs JavaScript.</p>
<progress id="bar" value="0" aria-label="Cases done"></progress>
<table>
<thead><tr><th>Case</th><th>Outcome</th><th>What the browser did</th></tr></thead>
<tbody id="rows"></tbody>
</table>
</html>
`;

export const PAGE_STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
progress { width: 100%; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #8886; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
th:nth-child(1) { width: 32%; } th:nth-child(2) { width: 6rem; }
.failed { font-weight: 700; }
`;

/** Plain JavaScript, as the browser gets it. It opens one socket at a time: browsers queue several to one server. */
export const PAGE_SCRIPT = `'use strict';
const progress = document.getElementById('progress');
const bar = document.getElementById('bar');
const rows = document.getElementById('rows');
const agent = new URLSearchParams(location.search).get('agent') ?? 'browser';
const query = '?agent=' + encodeURIComponent(agent);
const base = location.origin.replace(/^http/, 'ws');

function runCase(id) {
  return new Promise((resolve) => {
    const socket = new WebSocket(base + '/case/' + encodeURIComponent(id) + query);
    socket.binaryType = 'arraybuffer';
    socket.onmessage = ({ data }) => socket.send(data);
    socket.onclose = resolve;
  });
}

async function resultOf(id) {
  const response = await fetch('/results/' + encodeURIComponent(id) + query);
  return response.ok ? response.json() : { id, outcome: 'failed', finding: 'The server has no result.' };
}

function show({ id, outcome, finding }) {
  const row = document.createElement('tr');
  for (const text of [id, outcome, finding]) row.append(Object.assign(document.createElement('td'), { textContent: text }));
  row.className = outcome;
  if (outcome === 'failed') rows.prepend(row);
  else rows.append(row);
}

async function main() {
  const { cases } = await (await fetch('/cases.json')).json();
  bar.max = cases.length;
  const counts = { passed: 0, allowed: 0, failed: 0 };
  for (const [index, { id }] of cases.entries()) {
    progress.textContent = 'Case ' + (index + 1) + ' of ' + cases.length + ': ' + id;
    await runCase(id);
    const result = await resultOf(id);
    counts[result.outcome]++;
    if (result.outcome !== 'passed') show(result);
    bar.value = index + 1;
  }
  const tally = counts.passed + ' passed, ' + counts.allowed + ' allowed, ' + counts.failed + ' failed';
  progress.textContent = cases.length + ' cases: ' + tally + '. The table shows the cases that did not pass.';
  await fetch('/updateReports' + query);
}

main().catch((error) => {
  progress.textContent = 'The run stopped: ' + error.message + '. Is the server still running? Reload the page to start again.';
});
`;
