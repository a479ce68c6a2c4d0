import type { ActionResult } from '$app/forms';

/**
 * Why a form that a script sent must stay as it is: nothing arrived, or the session is over and what was typed would
 * be lost on the way to the sign-in page. Null where it was answered.
 */
export function whyUnsent(result: ActionResult): 'app.unsent' | 'app.signedOut' | null {
  if (result.type === 'error') return 'app.unsent';
  return result.type === 'failure' && result.status === 401 ? 'app.signedOut' : null;
}
