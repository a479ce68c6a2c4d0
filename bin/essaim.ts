/** The command line: finds the command, runs it, and says in one sentence why it could not. */
import { inWords, OperatorError } from '#env';
import { allCommands, commandNamed, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';

const [name = '--help', ...args] = process.argv.slice(2);

try {
  await main();
} catch (error) {
  process.exit(tell(error));
}

async function main(): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') return print(await overview());
  const command = await commandNamed(name);
  if (args.includes('--help') || args.includes('-h')) return print(help(command));
  try {
    await command.run(args, { print, withDatabase });
  } catch (error) {
    if (isUsage(error)) throw new UsageError(`${(error as Error).message}\n\n${help(command)}`);
    throw error;
  }
}

async function overview(): Promise<string> {
  const commands = await allCommands();
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    inWords('Usage : npx essaim COMMANDE [options]', 'Usage: npx essaim COMMAND [options]'),
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    inWords(
      'npx essaim COMMANDE --help dit tout d’une commande.',
      'npx essaim COMMAND --help tells all about one.',
    ),
  ].join('\n');
}

function help({ summary, usage }: Command): string {
  return `${summary}\n\n${usage.trim()}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What the operator can put right is a sentence; the rest is a defect of ours, and keeps its stack. */
function tell(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  const expected = error instanceof OperatorError || (error as Error)?.name === 'Refusal';
  process.stderr.write(`${expected ? (error as Error).message : ((error as Error)?.stack ?? error)}\n`);
  return 1;
}

function isUsage(error: unknown): boolean {
  return (
    error instanceof UsageError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  );
}
