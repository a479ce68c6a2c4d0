import { statfsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { checkEnvironment, env, inWords } from '#env';
import type { Db } from '#server/platform/db.ts';
import { comparedBy, plugFault } from '#server/platform/likeness/plugged.ts';
import type { Context } from '../command.ts';
import { serverFault } from '../health.ts';
import { filesFault, mailFault } from '../outside.ts';

export const name = 'doctor';
export const summary = inWords(
  'Vérifie cette installation et dit ce qu’il en est.',
  'Checks this installation and tells how it is.',
);
export const usage = inWords(
  `npx essaim doctor

Demande au serveur comment il va (PORT, HOST), se présente au serveur de courriel, pose et reprend un petit fichier dans
le seau, et regarde la base, la place et les réglages. Se termine par 0 quand tout va bien ; sinon par 1, et dit que
faire. Sans serveur, démarre la base pour un instant.`,
  `npx essaim doctor

Asks the server how it is (PORT, HOST), signs in to the mail server, puts a small file into the bucket and takes it away,
and looks at the database, the space and the settings. Ends with 0 when all is well; otherwise with 1, and says what to
do. Without a server, starts the database for a moment.`,
);

const lowDisk = 1024 ** 3;

/** Prints one line per fact; a fact that needs attention ends the command with 1. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  parseArgs({ args });
  const warnings: string[] = [];
  const line = (fact: string, value: string) => print(`${fact.padEnd(22)} ${value}`);

  checkEnvironment();
  line('Node', process.versions.node);
  const own = env.DATABASE_URL !== undefined;
  let holder: number | null | undefined;
  await withDatabase(async (db, url) => {
    const facts = await factsOf(db);
    if (!own) holder = facts.holder;
    line('PostgreSQL', facts.version);
    line(
      inWords('Base', 'Database'),
      own ? inWords('la vôtre (DATABASE_URL)', 'your own (DATABASE_URL)') : env.DATA_DIR,
    );
    if (!own) line(inWords('S’y connecter', 'Connect to it'), `psql '${url}'`);
    line(inWords('Taille', 'Size'), facts.size);
    line('Migrations', String(facts.migrations));
    if (facts.fsync !== 'on')
      warnings.push(
        inWords('fsync est coupé : une panne perd des données.', 'fsync is off: a crash loses data.'),
      );
  });
  const free = freeSpace(env.DATA_DIR);
  if (free !== null) {
    line(inWords('Place libre', 'Free space'), `${(free / 1024 ** 3).toFixed(1)} ${inWords('Go', 'GB')}`);
    if (free < lowDisk)
      warnings.push(
        inWords(
          'Il reste moins de 1 Go : faites de la place, une base sans place s’arrête.',
          'Less than 1 GB is left: make space, a database without any stops.',
        ),
      );
  }
  line('ORIGIN', env.ORIGIN ?? inWords('non donnée', 'not set'));
  line(
    inWords('Courrier', 'Mail'),
    env.SMTP_URL ? new URL(env.SMTP_URL).host : inWords('non configuré', 'not configured'),
  );
  if (env.FILES_S3_URL) line(inWords('Fichiers', 'Files'), new URL(env.FILES_S3_URL).host);
  const outside = await Promise.all([mailFault(), filesFault()]);
  warnings.push(...outside.filter((fault) => fault !== null));
  const vectors = comparedBy();
  if (vectors !== null) {
    line(inWords('Textes comparés par', 'Texts compared by'), vectors);
    const plug = await plugFault();
    if (plug) warnings.push(`LIKENESS_URL: ${plug}`);
  }
  const fault = await serverFault(holder);
  if (fault) warnings.push(fault);
  line(
    inWords('Serveur', 'Server'),
    fault
      ? inWords('ne sert pas, voir plus bas', 'does not serve, see below')
      : inWords(
          `répond sur le port ${env.PORT}, et sa base lui répond`,
          `answers on port ${env.PORT}, and its database answers it`,
        ),
  );
  if (env.SMTP_URL && !env.ORIGIN) {
    warnings.push(
      inWords(
        'Donnez ORIGIN : les liens des courriels en ont besoin.',
        'Set ORIGIN: the links in mails need it.',
      ),
    );
  }

  for (const warning of warnings) print(`! ${warning}`);
  if (warnings.length === 0) print(inWords('Tout va bien.', 'All is well.'));
  else process.exitCode = 1;
}

interface Facts {
  version: string;
  fsync: string;
  size: string;
  migrations: number;
  /** The process that serves on the embedded database (`claim` in platform/postgres/session.ts). */
  holder: number | null;
}

async function factsOf(db: Db): Promise<Facts> {
  const { rows } = await sql<Facts>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
           pg_size_pretty(pg_database_size(current_database())) as size,
           (select count(*)::int from migrations) as migrations,
           (select min(substring(application_name from '\\d+'))::int from pg_stat_activity
            where application_name like 'essaim server %') as holder`.execute(db);
  return rows[0]!;
}

function freeSpace(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
