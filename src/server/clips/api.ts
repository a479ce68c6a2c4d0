/** /api/v1/desk/items/{id}/page: the outside page of a clip. */
import { readItem } from '../desk/read.ts';
import { itemView } from '../desk/shapes.ts';
import { newApi } from '../platform/api/frame.ts';
import { readAgain } from './again.ts';

export const clipsApi = newApi('Desk');

clipsApi.post(
  '/desk/items/{id}/page',
  { summary: 'Read the page of your clip once more', answers: itemView },
  async ({ tx, actor, params }) => {
    await readAgain(tx, actor, params.id);
    return readItem(tx, actor, params.id);
  },
);
