/** What the process tells its operator: one line per fact on standard error, where a service manager collects it. */
import { env, type LogLevel } from '#env';

const order: LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent'];

export type Facts = Record<string, unknown>;

export const log = {
  debug: (message: string, facts?: Facts) => write('debug', message, facts),
  info: (message: string, facts?: Facts) => write('info', message, facts),
  warn: (message: string, facts?: Facts) => write('warn', message, facts),
  error: (message: string, facts?: Facts) => write('error', message, facts),
};

function write(level: LogLevel, message: string, facts: Facts = {}): void {
  if (order.indexOf(level) < order.indexOf(env.LOG_LEVEL)) return;
  const told = Object.entries(facts).map(([name, value]) => ` ${name}=${oneLine(value)}`);
  process.stderr.write(`${new Date().toISOString()} ${level} ${oneLine(message, true)}${told.join('')}\n`);
}

/** No line break, so that nobody's input can forge a line of its own. */
function oneLine(value: unknown, bare = false): string {
  const text =
    value instanceof Error
      ? (value.stack ?? value.message)
      : typeof value === 'string'
        ? value
        : JSON.stringify(value);
  const quoted = JSON.stringify(text ?? 'undefined');
  return bare || /^[\w.:/@-]+$/.test(text ?? '') ? quoted.slice(1, -1) : quoted;
}
