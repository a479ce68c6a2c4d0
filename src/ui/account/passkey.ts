/** What to say where the browser itself says no. */
export interface BrowserSays {
  /** Nobody confirmed, or there was nothing to confirm with. */
  cancelled: string;
  /** The device has one for this account already. */
  known?: string;
  /** It knows no passkeys, or not at an address without https. */
  unable: string;
  otherwise: string;
}

/**
 * Lets the device sign the challenge that `address` gives, and hands the answer back there.
 * @returns the sentence of a refusal
 */
export function signChallenge(address: string, says: BrowserSays): Promise<string | null> {
  return attempt(says, async () => {
    const options = (await ask(address, 'POST')) as PublicKeyCredentialRequestOptionsJSON;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    await ask(address, 'PUT', inJson(await navigator.credentials.get({ publicKey })));
  });
}

/** Lets the device make a passkey; `password` proves who asks. Returns like `signChallenge`. */
export function makePasskey(
  address: string,
  input: { password: string; name: string },
  says: BrowserSays,
): Promise<string | null> {
  return attempt(says, async () => {
    const options = (await ask(address, 'POST', input)) as PublicKeyCredentialCreationOptionsJSON;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    const answer = inJson(await navigator.credentials.create({ publicKey }));
    await ask(address, 'PUT', { name: input.name, answer });
  });
}

class Refused extends Error {}

async function attempt(says: BrowserSays, run: () => Promise<void>): Promise<string | null> {
  if (!('PublicKeyCredential' in globalThis)) return says.unable;
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return says.cancelled;
    return (name === 'InvalidStateError' && says.known) || says.otherwise;
  }
}

function inJson(credential: Credential | null): unknown {
  return (credential as PublicKeyCredential).toJSON();
}

async function ask(address: string, method: string, body: unknown = {}): Promise<unknown> {
  const response = await fetch(address, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { message?: string };
  if (!response.ok) throw new Refused(answer.message ?? response.statusText);
  return answer;
}
