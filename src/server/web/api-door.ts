import type { RequestListener } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { answerApi } from '../api.ts';
import { actorFromSession } from '../people/actor.ts';
import type { Db } from '../platform/db.ts';
import { dressed } from './dress.ts';

/**
 * Answers the API straight from Node's HTTP server: on its way through the server of pages a comment would cost the
 * processor half as much again (decision 0032).
 */
export function apiDoor(db: Db): RequestListener {
  const answer = getRequestListener(
    async (request, bindings) => {
      const { incoming, outgoing } = bindings as HttpBindings;
      const session = () => actorFromSession(db, request.headers.get('cookie'));
      const response = await answerApi(request, db, session, incoming);
      // Told to Node as well: whoever stops the server asks it which answers have no end.
      const type = response.headers.get('content-type');
      if (type === 'text/event-stream') outgoing.setHeader('content-type', type);
      return dressed(request, response);
    },
    // Pages go on with the Request and Response of Node.
    { overrideGlobalObjects: false },
  );
  return (incoming, outgoing) => void answer(incoming, outgoing);
}
