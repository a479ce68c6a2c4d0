/** Figures of this process for Prometheus. Routes stand by their pattern: no id, no name of anybody or anything. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Series {
  labels: string;
  buckets: number[];
  count: number;
  seconds: number;
}
const requests = new Map<string, Series>();

const uncounted: RegExp[] = [];

/** Keeps routes out of the figures whose very use is private: how often they are asked for would tell of it. */
export function leaveUncounted(routes: RegExp): void {
  uncounted.push(routes);
}

/** Counts one answered request. `route` is a pattern like `/posts/{id}`, never an address. */
export function countRequest(route: string, method: string, status: number, milliseconds: number): void {
  if (uncounted.some((routes) => routes.test(route))) return;
  const labels = `route="${route}",method="${METHODS.has(method) ? method : 'other'}",status="${status}"`;
  let series = requests.get(labels);
  if (!series)
    requests.set(labels, (series = { labels, buckets: BUCKETS.map(() => 0), count: 0, seconds: 0 }));
  const seconds = milliseconds / 1000;
  series.count += 1;
  series.seconds += seconds;
  const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
  if (bucket >= 0) series.buckets[bucket]! += 1;
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const counted = new Map<string, { help: string; count: () => number }>();

/** Adds a figure of a capability's own, read when it is asked for. */
export function addGauge(name: string, help: string, count: () => number): void {
  counted.set(name, { help, count });
}

interface PoolCounts {
  totalCount: number;
  idleCount: number;
  waitingCount: number;
}

/** All figures in the text format of Prometheus. */
export function metricsText(pool?: PoolCounts): string {
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return [
    ...requestLines(),
    ...(pool ? poolLines(pool) : []),
    ...[...counted].flatMap(([name, { help, count }]) => gauge(name, help, count())),
    ...gauge('process_resident_memory_bytes', 'Memory the process holds.', memory.rss),
    ...gauge('nodejs_heap_size_used_bytes', 'Heap in use.', memory.heapUsed),
    ...gauge('process_uptime_seconds', 'Age of the process.', process.uptime()),
    '# HELP process_cpu_seconds_total Processor time used.',
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(cpu.user + cpu.system) / 1e6}`,
    '',
  ].join('\n');
}

function requestLines(): string[] {
  const name = 'http_request_duration_seconds';
  const lines = [`# HELP ${name} Time from the request to the answer.`, `# TYPE ${name} histogram`];
  for (const { labels, buckets, count, seconds } of requests.values()) {
    let below = 0;
    BUCKETS.forEach((limit, index) => {
      below += buckets[index] ?? 0;
      lines.push(`${name}_bucket{${labels},le="${limit}"} ${below}`);
    });
    lines.push(`${name}_bucket{${labels},le="+Inf"} ${count}`);
    lines.push(`${name}_sum{${labels}} ${seconds}`, `${name}_count{${labels}} ${count}`);
  }
  return lines;
}

function poolLines({ totalCount, idleCount, waitingCount }: PoolCounts): string[] {
  return [
    ...gauge('database_connections', 'Connections open.', totalCount),
    ...gauge('database_connections_idle', 'Connections open and unused.', idleCount),
    ...gauge('database_requests_waiting', 'Requests that wait for a connection.', waitingCount),
  ];
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`];
}
