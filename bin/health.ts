/** Whether the server really serves: asked over HTTP, as a balancer would. */
import { env, inWords } from '#env';

/** `null` when all is well, else what is wrong and what to do. */
export type Fault = string | null;

const PATIENCE_MILLISECONDS = 3_000;

/**
 * Asks the server on this machine how it is.
 * @param holder the process that has the embedded database's place for a server; `undefined` where nobody can tell
 */
export async function serverFault(holder: number | null | undefined): Promise<Fault> {
  const port = env.PORT;
  const by = holder ? inWords(` (processus ${holder})`, ` (process ${holder})`) : '';
  const alive = await answerOf('/healthz');
  if (alive === 'nobody') return nobody(port, holder);
  if (alive === 'late')
    return inWords(
      `Quelque chose tient le port ${port} mais ne répond pas : redémarrez le serveur${by}.`,
      `Something holds port ${port} but does not answer: restart the server${by}.`,
    );
  if (alive !== 'ok')
    return inWords(
      `Ce n’est pas Essaim qui répond sur le port ${port} : arrêtez ce qui l’occupe, ou choisissez un autre PORT.`,
      `It is not Essaim that answers on port ${port}: stop what uses it, or choose another PORT.`,
    );
  if (holder === null)
    return inWords(
      `Un Essaim répond sur le port ${port}, mais il n’a pas ce dossier de données : vérifiez PORT et DATA_DIR.`,
      `An Essaim answers on port ${port}, but it does not have this data folder: check PORT and DATA_DIR.`,
    );
  if ((await answerOf('/readyz')) === 'ok') return null;
  return inWords(
    `Le serveur répond sur le port ${port}, mais sa base ne lui répond pas : redémarrez-le${by}, puis voyez son journal.`,
    `The server answers on port ${port}, but its database does not answer it: restart it${by}, then see its log.`,
  );
}

function nobody(port: number, holder: number | null | undefined): string {
  if (holder)
    return inWords(
      `Essaim tourne (processus ${holder}), mais personne ne répond sur le port ${port} : donnez ici le même PORT et le même HOST qu’au serveur, sinon redémarrez-le.`,
      `Essaim is running (process ${holder}), but nobody answers on port ${port}: give the same PORT and HOST here as to the server, or else restart it.`,
    );
  return inWords(
    `Personne ne répond sur le port ${port} : démarrez Essaim (npm start), ou donnez ici le même PORT qu’au serveur.`,
    `Nobody answers on port ${port}: start Essaim (npm start), or give the same PORT here as to the server.`,
  );
}

type Answer = 'ok' | 'other' | 'late' | 'nobody';

async function answerOf(path: string): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const response = await fetch(`http://${here()}:${env.PORT}${path}`, { signal, redirect: 'manual' });
    return response.ok && (await response.text()).trim() === 'ok' ? 'ok' : 'other';
  } catch (error) {
    const { name, cause } = error as { name: string; cause?: { code?: string } };
    if (name === 'TimeoutError') return 'late';
    return cause?.code === 'ECONNREFUSED' ? 'nobody' : 'other';
  }
}

/** The address that HOST listens on, seen from this machine. */
function here(): string {
  const host = env.HOST ?? '0.0.0.0';
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
