/**
 * Brings a database to the version of this code: plain SQL files, forward only, each in a transaction of its own,
 * one process at a time. What does not fit is refused in one sentence, before anything changed.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inWords, OperatorError } from '#env';

type Migration = { name: string; sql: string; checksum: string };

const lock = '1702065505, 3';
const oldestServer = 180000;

/**
 * Applies the files of `folder` that the database has not had, and returns their names. Told to stop, it leaves the one
 * under way, of which nothing stays.
 */
export async function migrate(url: string, folder = 'migrations', signal?: AbortSignal): Promise<string[]> {
  const files = await migrationsIn(folder);
  const client = await connect(url);
  const leave = () => void client.end().catch(() => {});
  signal?.addEventListener('abort', leave);
  try {
    signal?.throwIfAborted();
    await refuseOldServer(client);
    await client.query(`select pg_advisory_lock(${lock})`);
    await client.query(
      `create table if not exists migrations (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<Migration>('select name, checksum from migrations order by name');
    const pending = pendingAfter(files, rows);
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    signal?.removeEventListener('abort', leave);
    await client.end().catch(() => {});
  }
}

async function migrationsIn(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  names.forEach((name, at) => {
    if (names[at - 1]?.slice(0, 4) === name.slice(0, 4)) {
      throw new OperatorError(
        inWords(
          `Deux migrations portent le numéro ${name.slice(0, 4)}.`,
          `Two migrations are numbered ${name.slice(0, 4)}.`,
        ),
      );
    }
  });
  return migrations;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'essaim migrate',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { message, code } = error as { message: string; code?: string };
    const reason = message || code;
    throw new OperatorError(
      inWords(
        `La base de données ne répond pas (${reason}) : vérifiez DATABASE_URL, et que PostgreSQL tourne.`,
        `The database cannot be reached (${reason}): check DATABASE_URL, and that PostgreSQL runs.`,
      ),
    );
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  if (rows[0].number >= oldestServer) return;
  throw new OperatorError(
    inWords(
      `Essaim demande PostgreSQL 18 ou plus récent ; cette base tourne sous PostgreSQL ${rows[0].name}.`,
      `Essaim needs PostgreSQL 18 or newer; this database runs PostgreSQL ${rows[0].name}.`,
    ),
  );
}

/** The files to apply, when what the database had is exactly a beginning of what we have. */
function pendingAfter(files: Migration[], applied: Omit<Migration, 'sql'>[]): Migration[] {
  const ours = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum } of applied) {
    const file = ours.get(name);
    if (!file) {
      throw new OperatorError(
        inWords(
          `Cette base vient d’une version plus récente d’Essaim (migration ${name}) : mettez Essaim à jour.`,
          `This is a database of a newer version of Essaim (migration ${name}): update Essaim.`,
        ),
      );
    }
    if (file.checksum !== checksum) {
      throw new OperatorError(
        inWords(
          `La migration ${name} a changé depuis que cette base l’a reçue : rétablissez le fichier d’origine.`,
          `Migration ${name} has changed since this database had it: restore the original file.`,
        ),
      );
    }
  }
  const last = applied.at(-1)?.name ?? '';
  const done = new Set(applied.map(({ name }) => name));
  const pending = files.filter(({ name }) => !done.has(name));
  const late = pending.find(({ name }) => name < last);
  if (!late) return pending;
  throw new OperatorError(
    inWords(
      `La migration ${late.name} arrive après ${last}, que cette base a déjà : donnez-lui un numéro plus grand.`,
      `Migration ${late.name} comes before ${last}, which this database already has: give it a higher number.`,
    ),
  );
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const reason = (error as Error).message;
    throw new OperatorError(
      inWords(
        `La migration ${name} a échoué, rien n’a changé : ${reason}.`,
        `Migration ${name} failed, nothing changed: ${reason}.`,
      ),
    );
  }
}
