import { writeFile } from 'node:fs/promises';
import { formatJunit } from '../conformance/format-junit.ts';
import { formatReport, formatReportJson, type ReportOptions } from '../conformance/format-report.ts';
import { formatTap } from '../conformance/format-tap.ts';
import type { SuiteResult } from '../conformance/run-suite.ts';
import { BadInput, type Output } from './command.ts';

/** The forms of a report that `check` was asked for. */
export interface ReportForms {
  readonly json?: boolean | undefined;
  readonly tap?: boolean | undefined;
  /** The file for JUnit XML. */
  readonly junit?: string | undefined;
}

/**
 * Rejects forms that cannot be had, before anything is tested.
 *
 * @throws BadInput if two forms are asked for on standard output, or the file cannot be written
 */
export async function prepareReport({ json, tap, junit }: ReportForms): Promise<void> {
  if (json === true && tap === true) throw new BadInput('--json and --tap are two forms of one report. Give one.');
  if (junit !== undefined) await writeReport(junit, '');
}

/** Prints the report, and writes the file. */
export async function giveReport(
  result: SuiteResult,
  { json, tap, junit }: ReportForms,
  options: ReportOptions,
  output: Output,
): Promise<void> {
  if (junit !== undefined) await writeReport(junit, formatJunit(result));
  output.out(json ? formatReportJson(result, options.causes) : tap ? formatTap(result) : formatReport(result, options));
}

async function writeReport(file: string, report: string): Promise<void> {
  if (file === '') throw new BadInput('--junit needs a file, such as report.xml.');
  try {
    await writeFile(file, report);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'its folder does not exist' : code === 'EISDIR' ? 'it is a folder' : message;
    throw new BadInput(`--junit: ${file} cannot be written: ${why}.`);
  }
}
