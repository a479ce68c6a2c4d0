import { parseArgs } from 'node:util';
import { inWords, OperatorError } from '#env';
import { actorFromEmail } from '#server/people/actor.ts';
import { createToken } from '#server/people/tokens.ts';
import { inTransaction } from '#server/platform/db.ts';
import { UsageError, type Context } from '../command.ts';

export const name = 'token';
export const summary = inWords('Crée un jeton pour l’API.', 'Creates a token for the API.');
export const usage = inWords(
  `npx essaim token create EMAIL [--scopes DROITS] [--name NOM] [--days JOURS]

  --scopes DROITS   parmi read,write,admin ; read,write sans précision
  --name NOM        à quoi il servira
  --days JOURS      sa durée ; sans limite sans précision

Le jeton est sur la dernière ligne.`,
  `npx essaim token create EMAIL [--scopes SCOPES] [--name NAME] [--days DAYS]

  --scopes SCOPES   among read,write,admin; read,write unless told
  --name NAME       what it will serve
  --days DAYS       how long it lasts; without limit unless told

The token is on the last line.`,
);

/** Creates a token in the name of the person with this address. */
export async function run(args: string[], { print, withDatabase }: Context): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { scopes: { type: 'string' }, name: { type: 'string' }, days: { type: 'string' } },
  });
  const [verb, email, ...more] = positionals;
  if (verb !== 'create' || !email || more.length) {
    throw new UsageError(
      inWords('Il faut l’adresse e-mail d’une personne.', 'The e-mail address of a person is needed.'),
    );
  }
  const input = {
    name: values.name ?? inWords('Ligne de commande', 'Command line'),
    scopes: values.scopes?.split(/[\s,]+/).filter(Boolean),
    days: values.days === undefined ? null : Number(values.days),
  };
  const { token, holder } = await withDatabase(async (db) => {
    const actor = await actorFromEmail(db, email);
    if (!actor) {
      throw new OperatorError(
        inWords(`Personne d’actif n’a l’adresse ${email}.`, `Nobody active has the address ${email}.`),
      );
    }
    const made = await inTransaction(db, (tx) => createToken(tx, actor, input));
    return { ...made, holder: actor.name };
  });
  print(
    inWords(`Jeton de ${holder}, affiché cette seule fois :`, `Token of ${holder}, shown this once only:`),
  );
  print(token);
}
