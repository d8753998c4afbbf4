import { runCommandLine } from './command-line.ts';

// Whoever reads the output may stop before its end, as head(1) does: then there is nothing left to do.
process.stdout.on('error', () => process.exit());

process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
