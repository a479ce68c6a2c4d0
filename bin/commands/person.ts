import { parseArgs } from 'node:util';
import { inWords } from '#env';
import { mailAddress } from '#server/people/address.ts';
import { createPerson } from '#server/people/create.ts';
import { createPasswordLink } from '#server/people/password-link.ts';
import type { Role } from '#server/actor.ts';
import { ROLES } from '#server/people/rank.ts';
import { dropSecondFactor } from '#server/people/second-factor.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { recordEvent } from '#server/platform/events.ts';
import { UsageError, type Context } from '../command.ts';

export const name = 'person';
export const summary = inWords(
  'Ajoute une personne au réseau, ou lui rouvre la porte.',
  'Adds a person to the network, or opens the door to one again.',
);
export const usage = inWords(
  `npx essaim person create EMAIL --name NOM [--role ROLE] [--password-stdin]

  --name NOM         son nom
  --role ROLE        owner, admin, moderator, member (sans précision) ou guest
  --password-stdin   lit son mot de passe sur l’entrée standard ; sans cela, affiche un lien pour le choisir

npx essaim person unlock EMAIL

  lève la double vérification de qui a perdu son téléphone et ses codes de secours`,
  `npx essaim person create EMAIL --name NAME [--role ROLE] [--password-stdin]

  --name NAME        the person's name
  --role ROLE        owner, admin, moderator, member (unless told) or guest
  --password-stdin   reads the password from standard input; otherwise prints a link to choose one

npx essaim person unlock EMAIL

  takes two-step verification off somebody who lost both phone and backup codes`,
);

const WEEK = 7 * 24;

/** Whoever types a command has no list before him. */
function roleNamed(name: string): Role {
  const role = ROLES.find((one) => one === name);
  if (role) return role;
  const roles = ROLES.join(', ');
  throw new UsageError(
    inWords(`Il n’y a pas de rôle « ${name} » : ${roles}.`, `There is no role "${name}": ${roles}.`),
  );
}

/** Creates the person; on the last line, the link where no password was given. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { name: { type: 'string' }, role: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  });
  const [verb, email, ...more] = positionals;
  if (verb === 'unlock' && email && !more.length) return withDatabase((db) => unlock(db, email, print));
  if (verb !== 'create' || !email || more.length || !values.name) {
    throw new UsageError(
      inWords('Il faut une adresse e-mail et un nom.', 'An e-mail address and a name are needed.'),
    );
  }
  const input = { email, name: values.name, role: roleNamed(values.role ?? 'member') };
  const password = values['password-stdin'] ? await firstLine() : undefined;
  await withDatabase(async (db) => {
    const made = await inTransaction(db, async (tx) => {
      // A network that begins with this command has a name too.
      await tx
        .insertInto('network')
        .values({ name: 'Essaim' })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const person = await createPerson(tx, { ...input, password });
      const token = password === undefined ? await createPasswordLink(tx, person.id, WEEK) : null;
      return { ...person, token };
    });
    print(
      inWords(
        `${input.name} est dans le réseau : @${made.handle}`,
        `${input.name} is in the network: @${made.handle}`,
      ),
    );
    if (!made.token) return;
    print(
      inWords(
        'Ce lien permet de choisir un mot de passe, une fois, pendant une semaine :',
        'This link lets its reader choose a password, once, for a week:',
      ),
    );
    print(`${await mailAddress(db)}/reset/${made.token}`);
  });
}

/** For whom nobody can do it on the page: an owner alone. */
async function unlock(db: Db, typed: string, print: Context['print']): Promise<void> {
  const email = typed.trim().toLowerCase();
  const person = await db.selectFrom('people').select('id').where('email', '=', email).executeTakeFirst();
  if (!person)
    throw new UsageError(inWords(`Personne n’a l’adresse ${email}.`, `Nobody has the address ${email}.`));
  await inTransaction(db, async (tx) => {
    if (!(await dropSecondFactor(tx, person.id))) return;
    await recordEvent(tx, { name: 'person.second_factor_lifted', actorId: person.id, subjectId: person.id });
  });
  print(inWords(`Le mot de passe de ${email} suffit désormais.`, `The password of ${email} is enough now.`));
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += chunk as string;
  return text.split(/\r?\n/)[0] ?? '';
}
