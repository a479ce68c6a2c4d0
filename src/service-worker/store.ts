/** What this browser keeps besides pages: who was last signed in, which window is whose, and what waits to be sent. */

/** A form that could not leave yet, as it was typed, with its files. */
export interface Waiting {
  /** Sent with it, so that however often it leaves it lands once. */
  key: string;
  person: string;
  url: string;
  fields: [string, FormDataEntryValue][];
  at: string;
  /** Why the server did not take it. Null while it waits for the network. */
  refused: string | null;
}

type Store = 'known' | 'waiting';

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('essaim', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('known');
      request.result.createObjectStore('waiting', { keyPath: 'key' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('No store'));
  });
  return opening;
}

async function run<Result>(
  store: Store,
  mode: IDBTransactionMode,
  ask: (objects: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const transaction = (await open()).transaction(store, mode);
  const request = ask(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('Not kept'));
  });
}

/** Who was signed in when a page last came. */
export async function currentPerson(): Promise<string | null> {
  return (await run<string | undefined>('known', 'readonly', (known) => known.get('person'))) ?? null;
}

export async function rememberPerson(person: string | null): Promise<void> {
  if (person) await run('known', 'readwrite', (known) => known.put(person, 'person'));
  else await run('known', 'readwrite', (known) => known.delete('person'));
}

/** Whose page a window shows: what is sent from it is sent as that person or not at all. */
export async function personOf(client: string): Promise<string | null> {
  const windows = await run<Record<string, string> | undefined>('known', 'readonly', (known) =>
    known.get('windows'),
  );
  return windows?.[client] ?? currentPerson();
}

const MOST_WINDOWS = 60;

export async function rememberWindow(client: string, person: string): Promise<void> {
  const windows = await run<Record<string, string> | undefined>('known', 'readonly', (known) =>
    known.get('windows'),
  );
  const kept = Object.entries(windows ?? {}).slice(-MOST_WINDOWS);
  await run('known', 'readwrite', (known) =>
    known.put({ ...Object.fromEntries(kept), [client]: person }, 'windows'),
  );
}

/** What waits of one person, oldest first. */
export async function waitingOf(person: string): Promise<Waiting[]> {
  const all = await run<Waiting[]>('waiting', 'readonly', (waiting) => waiting.getAll());
  return all.filter((each) => each.person === person).sort((a, b) => a.at.localeCompare(b.at));
}

export async function keepWaiting(waiting: Waiting): Promise<void> {
  await run('waiting', 'readwrite', (objects) => objects.put(waiting));
}

export async function dropWaiting(key: string): Promise<void> {
  await run('waiting', 'readwrite', (objects) => objects.delete(key));
}
