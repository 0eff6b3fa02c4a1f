/** Runs a test with the console's errors kept, not shown: a fault must be reported, and is expected. */
export async function withReports(run: (reports: readonly unknown[][]) => Promise<void>) {
  const reports: unknown[][] = [];
  const { error } = console;
  console.error = (...report: unknown[]) => reports.push(report);
  try {
    await run(reports);
  } finally {
    console.error = error;
  }
}
