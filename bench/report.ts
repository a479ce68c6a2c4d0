import type { LiveBench } from './live.ts';
import type { DigestRates } from './digest.ts';
import type { Growth } from './growth.ts';
import type { Measured } from './load.ts';
import type { Pair } from './pairs.ts';
import { describeSources, type SourcesMeasured, type SourcesSize } from './sources.ts';
import { describeTwins, type TwinsMeasured } from './twins.ts';
import type { UploadRates } from './upload.ts';

export interface Result {
  name: string;
  limitName: string;
  ours: Measured[];
  limit: Measured[];
}

export interface Bench {
  built: number;
  results: Result[];
  pairs: Pair[];
  imported: { ours: number; limit: number };
  weight: { kilobytes: number; requests: number };
  memory: { now: number; peak: number };
  upload: UploadRates;
  digests: DigestRates;
  desk: DeskBench;
}

/** What people keep for themselves and find together. */
export interface DeskBench {
  sizes: { sources: SourcesSize };
  sources: SourcesMeasured;
  twins: TwinsMeasured;
}

export interface Verdict {
  promise: string;
  measured: string;
  reached: boolean;
}

/** A row per hot path and number of connections: ours, the limit, and the ratio. */
export function printTable(results: Result[]): void {
  const head = ['', 'conn', 'req/s', 'p50 ms', 'p95', 'p99', 'limit/s', 'ratio', 'limit'];
  const rows = results.flatMap(({ name, limitName, ours, limit }) =>
    ours.map((measured, index) => {
      const bound = limit[index];
      const ratio = bound ? (measured.perSecond / bound.perSecond).toFixed(2) : '';
      const { connections, perSecond, p50, p95, p99 } = measured;
      return [
        name,
        String(connections),
        perSecond.toFixed(0),
        p50.toFixed(1),
        p95.toFixed(1),
        p99.toFixed(1),
        bound?.perSecond.toFixed(0) ?? '',
        ratio,
        limitName,
      ];
    }),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    );
  }
}

/** The private side and what is made of it together, in words. */
export function describeDesk({ desk }: Bench): string {
  return `\n${describeSources(desk.sources, desk.sizes.sources)}\n${describeTwins(desk.twins)}`;
}

/** The promises that the product makes about speed, as ratios of one run. */
export function verdicts(full: Bench, growth: Growth[], live: LiveBench): Verdict[] {
  const ratio = (name: string, connections: number) => {
    const result = full.results.find((each) => each.name === name);
    const index = result?.ours.findIndex((measured) => measured.connections === connections) ?? -1;
    return result?.limit[index] ? result.ours[index]!.perSecond / result.limit[index]!.perSecond : 0;
  };
  const most = Math.max(...full.results[0]!.ours.map(({ connections }) => connections));
  const dearest = growth
    .map(({ name, tenth, full }) => ({ name, times: full / tenth }))
    .sort((a, b) => b.times - a.times)[0];
  const verdict = (promise: string, value: number, reached: boolean, unit = ''): Verdict => ({
    promise,
    measured: `${value.toFixed(2)}${unit}`,
    reached,
  });
  const least = (promise: string, value: number, bound: number, unit?: string) =>
    verdict(`${promise} >= ${bound}`, value, value >= bound, unit);
  const atMost = (promise: string, value: number, bound: number, unit?: string) =>
    verdict(`${promise} <= ${bound}`, value, value <= bound, unit);
  const all = [
    least('feed as JSON / its bare SQL', ratio('feed, JSON (member of 200)', most), 0.4),
    least('feed as HTML / feed as JSON', ratio('feed, HTML', most), 0.35),
    least('new post / bare INSERT + commit', ratio('new post', most), 0.4),
    least('new comment / bare INSERT + commit', ratio('new comment', most), 0.4),
    least('new note / bare INSERT + commit', ratio('new note', most), 0.4),
    ...full.pairs.map(({ promise, times, bound }) => atMost(promise, times, bound)),
    ...(dearest ? [atMost(`ten times the posts, dearest line (${dearest.name})`, dearest.times, 1.5)] : []),
    least('import / bare inserts', full.imported.ours / full.imported.limit, 0.1),
    least('a morning of digests / bare mails', full.digests.ours / full.digests.limit, 0.2),
    least('upload / bare disk', full.upload.ours / full.upload.disk, 0.2),
    atMost('resident memory', full.memory.peak, 350, ' MB'),
    atMost('first load of the feed, gzip', full.weight.kilobytes, 60, ' KB'),
    atMost('open stream', live.kilobytesEach, 25, ' KB'),
    atMost('one post to 1,000 readers, p99', live.fanOut.p99, 250, ' ms'),
    atMost('network built by COPY', full.built, 180, ' s'),
    ...deskVerdicts(),
  ];
  console.log(
    `\nimport: ${full.imported.ours.toFixed(0)} posts/s (bare inserts: ${full.imported.limit.toFixed(0)}/s)`,
  );
  console.log(
    `digests: ${full.digests.sent} at ${full.digests.ours.toFixed(0)}/s (bare mails: ${full.digests.limit.toFixed(0)}/s)`,
  );
  console.log(`upload: ${full.upload.ours.toFixed(0)} MB/s (bare disk: ${full.upload.disk.toFixed(0)} MB/s)`);
  for (const { promise, measured, reached } of all)
    console.log(`${reached ? 'yes' : 'NO '}  ${promise}: ${measured}`);
  return all;
  function deskVerdicts(): Verdict[] {
    const { sources, twins, sizes } = full.desk;
    const { feeds, followers, readings } = sizes.sources;
    return [
      atMost(`reader over ${readings} readings opened, p95`, sources.reader.unread.p95, 50, ' ms'),
      atMost(`twin search among ${twins.texts} texts, p95`, twins.already.p95, 100, ' ms'),
      atMost('twins of a watch, p95', twins.twins.p95, 100, ' ms'),
      atMost(
        `two watches made one, ${twins.finds} finds, p95`,
        twins.founded.p95 + twins.opened.p95,
        2_000,
        ' ms',
      ),
      atMost(`${feeds} feeds asked, all with news`, sources.news.seconds, 60, ' s'),
      atMost(`${feeds} feeds asked, more memory`, sources.news.memoryMb, 200, ' MB'),
      atMost(`requests for a feed that ${followers} follow`, sources.quiet.requests / feeds, 1.1),
    ];
  }
}
