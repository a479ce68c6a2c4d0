import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { checkEnvironment, env, inWords, OperatorError, prepareApplication, useDemonstration } from '#env';
import { openDatabase, type Db } from '#server/platform/db.ts';
import type { Context } from '../command.ts';
import { readyDatabase } from '../database.ts';
import { hostHeader, listen, protocolHeader, refuseTakenPort } from '../http.ts';
import { untilToldToStop, type Stop } from '../signals.ts';

export const name = 'start';
export const summary = inWords('Démarre Essaim.', 'Starts Essaim.');
export const usage = inWords(
  `npx essaim start [--demo]

  --demo   remplit un réseau vide avec une entreprise de démonstration et dit qui peut s’y connecter

Environnement : PORT (3000), HOST, ORIGIN, DATA_DIR (./data), DATABASE_URL, SMTP_URL, MAIL_FROM, ROLES, LOG_LEVEL,
FETCH_ALLOW, FILE_LIMIT_MB (100), FILES_S3_URL, LIKENESS_URL.`,
  `npx essaim start [--demo]

  --demo   fills an empty network with a demonstration company, and says who may sign in

Environment: PORT (3000), HOST, ORIGIN, DATA_DIR (./data), DATABASE_URL, SMTP_URL, MAIL_FROM, ROLES, LOG_LEVEL,
FETCH_ALLOW, FILE_LIMIT_MB (100), FILES_S3_URL, LIKENESS_URL.`,
);

const root = join(import.meta.dirname, '..', '..');
const API = /^\/api\/v1(?=[/?]|$)/;
/** How long requests under way may take to finish, once told to stop. */
const patience = 3_000;
/** Of an ordinary request; a file may be as large as the operator allows. */
const largestBody = () => Math.max(33_000_000, env.FILE_LIMIT_MB * 1_000_000 + 1_000_000);

/** The heap grows in smaller steps than V8 would take on a large machine: a network lives beside other things. */
const frugal = '--heap-growing-percent=30';

/** Serves until told to stop. */
export async function run(args: string[], { print }: Context): Promise<void> {
  const { demo } = parseArgs({ args, options: { demo: { type: 'boolean' } } }).values;
  await untilToldToStop(async (stop) => {
    setFlagsFromString(frugal);
    checkEnvironment();
    await refuseTakenPort(env.PORT, env.HOST);
    const database = await readyDatabase(stop);
    try {
      if (demo) useDemonstration();
      await serve(stop, (address) => welcome(database.url, address, demo ?? false, print));
    } finally {
      await database.stop();
    }
  });
  process.exit(0);
}

/** Ends in the order opposite to that of the beginning, however far it came. */
async function serve({ signal, asked }: Stop, greet: (address: string) => Promise<void>): Promise<void> {
  prepareApplication({ largestBody: largestBody(), protocolHeader, hostHeader });
  const handler = await loadApplication();
  try {
    signal.throwIfAborted();
    const http = await listen(handler, { port: env.PORT, host: env.HOST, origin: env.ORIGIN });
    try {
      await Promise.race([greet(env.ORIGIN ?? `http://localhost:${http.port}`), asked]);
      await asked;
    } finally {
      await http.stop(patience);
    }
  } finally {
    await endApplication();
  }
}

/** The pages, and before them the API, which needs nothing of what they are served with. */
async function loadApplication(): Promise<RequestListener> {
  const file = join(root, 'build', 'handler.js');
  if (!existsSync(file)) {
    throw new OperatorError(
      inWords(
        'L’application n’est pas construite : lancez npm start, ou npm run build.',
        'The application is not built: run npm start, or npm run build.',
      ),
    );
  }
  const { handler: pages } = (await import(file)) as { handler: RequestListener };
  const { essaimApi: api = pages } = globalThis;
  return (request, response) => (API.test(request.url ?? '') ? api : pages)(request, response);
}

/** The application closes its jobs and connections in answer to the event of SvelteKit's Node adapter. */
async function endApplication(): Promise<void> {
  const listeners = process.listeners('sveltekit:shutdown' as 'beforeExit') as unknown as ((
    why: string,
  ) => unknown)[];
  await Promise.race([
    Promise.allSettled(listeners.map((listener) => listener('SIGTERM'))),
    new Promise((done) => setTimeout(done, 1_000)),
  ]);
}

async function welcome(url: string, address: string, demo: boolean, print: Context['print']): Promise<void> {
  const { db, close } = openDatabase(url, 2);
  try {
    if (demo) await demonstrate(db, print);
    print(inWords(`Essaim est prêt : ${address}`, `Essaim is ready: ${address}`));
    const link = await setupLink(db, address);
    if (link) print(inWords(`Pour commencer, ouvrez : ${link}`, `To begin, open: ${link}`));
  } finally {
    await close();
  }
}

async function setupLink(db: Db, address: string): Promise<string | null> {
  const { setupLink } = await import('#server/people/setup.ts');
  return setupLink(db, address);
}

/** Fills an empty network. One that lives already is left as it is: `--demo` may be repeated. */
async function demonstrate(db: Db, print: Context['print']): Promise<void> {
  const { loadDemonstration } = await import('#server/demonstration/load.ts');
  const { Refusal } = await import('#server/errors.ts');
  try {
    const { password, people } = await loadDemonstration(db);
    print(inWords(`Mot de passe de tout le monde : ${password}`, `Everybody’s password: ${password}`));
    const width = Math.max(...people.map(({ email }) => email.length));
    for (const { email, name, headline } of people) print(`  ${email.padEnd(width)}  ${name}, ${headline}`);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
    print(
      inWords(
        'Ce réseau vit déjà : la démonstration n’y a rien ajouté.',
        'This network already lives: the demonstration added nothing to it.',
      ),
    );
  }
}
