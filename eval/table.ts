/** What was found on one file: of each metric, what each way reached. */
export interface Figures {
  file: string;
  size: number;
  /** Lines that could not be read. */
  skipped: number;
  kind: string;
  trainedOn?: string;
  metrics: Record<string, Record<string, number>>;
}

/** One table: a metric a line, ours first, then each baseline. */
export function printFigures({ file, size, skipped, kind, trainedOn, metrics }: Figures): void {
  const ways = Object.keys(Object.values(metrics)[0] ?? {});
  const rows = [
    ['metric', ...ways, 'size'],
    ...Object.entries(metrics).map(([metric, found]) => [
      metric,
      ...ways.map((way) => (found[way] ?? NaN).toFixed(4)),
      String(size),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const notes = [
    kind,
    trainedOn && `threshold set on ${trainedOn}`,
    skipped > 0 && `${skipped} lines skipped`,
  ];
  console.log(`${file} (${notes.filter(Boolean).join(', ')})`);
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
  console.log('');
}
