/**
 * Lets the device sign the challenge that `address` gives, and hands the answer back there.
 * @returns the sentence of a refusal; `otherwise` where the device itself said no
 */
export function signChallenge(address: string, otherwise: string): Promise<string | null> {
  return attempt(otherwise, async () => {
    const options = (await ask(address, 'POST')) as PublicKeyCredentialRequestOptionsJSON;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    await ask(address, 'PUT', inJson(await navigator.credentials.get({ publicKey })));
  });
}

/** Lets the device make a passkey; `password` proves who asks. Returns like `signChallenge`. */
export function makePasskey(
  address: string,
  input: { password: string; name: string },
  otherwise: string,
): Promise<string | null> {
  return attempt(otherwise, async () => {
    const options = (await ask(address, 'POST', input)) as PublicKeyCredentialCreationOptionsJSON;
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    const answer = inJson(await navigator.credentials.create({ publicKey }));
    await ask(address, 'PUT', { name: input.name, answer });
  });
}

class Refused extends Error {}

async function attempt(otherwise: string, run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Refused ? error.message : otherwise;
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
