/** The command line: finds the command, runs it, and says in one sentence why it could not. */
import { inWords, OperatorError } from '#env';
import { allCommands, commandNamed, UsageError, type Command } from './command.ts';
import { withDatabase } from './database.ts';

const [name = '--help', ...args] = process.argv.slice(2);

try {
  await main();
} catch (error) {
  process.exit(await tell(error));
}

async function main(): Promise<void> {
  if (name === '--help' || name === '-h' || name === 'help') return print(await overview());
  const command = await commandNamed(name);
  if (args.includes('--help') || args.includes('-h')) return print(help(command));
  try {
    await command.run(args, { print, withDatabase });
  } catch (error) {
    if (isUsage(error)) throw new UsageError(`${misread(error as Error)}\n\n${help(command)}`);
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
async function tell(error: unknown): Promise<number> {
  process.stderr.write(`${await sentenceOf(error)}\n`);
  return error instanceof UsageError ? 2 : 1;
}

async function sentenceOf(error: unknown): Promise<string> {
  if (error instanceof UsageError || error instanceof OperatorError) return error.message;
  const { isOutage } = await import('#server/platform/outage.ts');
  if (isOutage(error)) {
    const reason = (error as Error).message || (error as { code?: string }).code;
    return inWords(
      `La base de données ne répond pas (${reason}) : rien n’a été changé à moitié, recommencez quand elle répond.`,
      `The database cannot be reached (${reason}): nothing was changed by halves, try again when it answers.`,
    );
  }
  const { Refusal } = await import('#server/errors.ts');
  if (!(error instanceof Refusal)) return (error as Error)?.stack ?? String(error);
  const { say } = await import('#server/platform/words.ts');
  return say(inWords('fr', 'en') as 'fr' | 'en', `refusal.${error.reason}`);
}

/** Node tells in English which word it did not understand. */
function misread(error: Error): string {
  const word = /^[^']*'([^']+)'/.exec(error.message)?.[1];
  if (error instanceof UsageError || !word) return error.message;
  return inWords(`Cette commande ne comprend pas « ${word} » tel quel.`, error.message);
}

function isUsage(error: unknown): boolean {
  return (
    error instanceof UsageError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
  );
}
