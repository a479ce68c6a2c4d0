/** /api/v1/desk: what one keeps for oneself. Another's desk does not exist here, whatever one's role. */
import { made } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { keepPost, letPostGo } from './bookmark.ts';
import { keepCopy } from './copy.ts';
import { fileItem } from './file.ts';
import { addHighlight, noteHighlight, removeHighlight } from './highlights.ts';
import { keepClip } from './keep.ts';
import { listItems, SHELVES } from './list.ts';
import { writeNote } from './note.ts';
import { ITEM_KINDS } from './present.ts';
import { readItem } from './read.ts';
import { deleteItem, restoreItem } from './remove.ts';
import { forgetSearch, savedSearches, saveSearch } from './saved.ts';
import { deskAddressOf, renewDeskAddress } from './mail-address.ts';
import { itemSummary, itemView, savedSearch, watchView } from './shapes.ts';
import { createWatch, deleteWatch, editWatch, restoreWatch } from './watch.ts';
import { ownWatchList, readWatch } from './watches.ts';

export const deskApi = newApi('Desk');

const keeping = {
  watch: z.uuid().nullish().describe('Id of a watch of your own'),
  forMe: z.boolean().optional().describe('In a shared watch: for yourself alone all the same'),
  readLater: z.boolean().optional(),
};

deskApi.get(
  '/desk/items',
  {
    summary: 'Your notes, clips and bookmarks, the latest first',
    query: z.object({
      ...pageQuery,
      kind: z.enum(ITEM_KINDS).optional(),
      watch: z.string().optional().describe('Id of a watch; `none` for what stands in none'),
      shelf: z.enum(SHELVES).optional().describe('`to_read`: put aside to be read; `done`: read since'),
    }),
    answers: pageOf(itemSummary),
  },
  ({ db, actor, query }) => listItems(db, actor, query),
);

deskApi.post(
  '/desk/notes',
  {
    summary: 'Write a note',
    body: z
      .object({ title: z.string().nullish(), body: z.string().describe('Markdown'), ...keeping })
      .meta({ id: 'NewNote' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, body }) => writeNote(tx, actor, { ...body, via: 'api' }),
);

deskApi.post(
  '/desk/clips',
  {
    summary: 'Keep an outside page',
    description:
      'Once for each address: the second time, `known` is true and the first is answered. The page is read a moment ' +
      'later; `page` tells when it is there.',
    body: z
      .object({
        url: z.string(),
        title: z.string().nullish().describe('Until the page is read'),
        body: z.string().nullish().describe('Your own words about it, Markdown'),
        ...keeping,
      })
      .meta({ id: 'NewClip' }),
    answers: made.extend({ known: z.boolean() }).meta({ id: 'KeptClip' }),
    status: 201,
  },
  ({ tx, actor, body }) => keepClip(tx, actor, { ...body, via: 'api' }),
);

deskApi.get(
  '/desk/items/{id}',
  { summary: 'One of them, whole', answers: itemView },
  ({ db, actor, params }) => readItem(db, actor, params.id),
);

deskApi.patch(
  '/desk/items/{id}',
  {
    summary: 'Change it, or put it elsewhere: what is not given stays',
    body: z
      .object({
        title: z.string().nullish(),
        body: z.string().optional(),
        ...keeping,
        done: z.boolean().optional(),
        version: z.number().int().optional(),
      })
      .meta({ id: 'DeskItemChange' }),
    answers: itemView,
  },
  async ({ tx, actor, params, body }) => {
    await fileItem(tx, actor, params.id, body);
    return readItem(tx, actor, params.id);
  },
);

deskApi.delete(
  '/desk/items/{id}',
  { summary: 'Throw it away; 30 days to regret it' },
  ({ tx, actor, params }) => deleteItem(tx, actor, params.id),
);

deskApi.post(
  '/desk/items/{id}/restoration',
  { summary: 'Bring it back', answers: itemView },
  async ({ tx, actor, params }) => {
    await restoreItem(tx, actor, params.id);
    return readItem(tx, actor, params.id);
  },
);

deskApi.post(
  '/desk/items/{id}/copy',
  {
    summary: 'Keep what a colleague shared on your own desk',
    description:
      'Once: the second time, `known` is true and yours is answered. Seen by you alone until you share it; whose it was ' +
      'and who found it stay on record.',
    body: z.object({ watch: keeping.watch }).meta({ id: 'NewCopy' }),
    answers: made.extend({ known: z.boolean() }).meta({ id: 'KeptCopy' }),
    status: 201,
  },
  ({ tx, actor, params, body }) => keepCopy(tx, actor, params.id, body),
);

deskApi.post(
  '/desk/items/{id}/highlights',
  {
    summary: 'Mark words of a clip',
    body: z
      .object({
        quote: z.string(),
        before: z
          .string()
          .optional()
          .describe('What stands just before: tells it from the same words elsewhere'),
        behind: z.string().optional(),
        note: z.string().nullish(),
      })
      .meta({ id: 'NewHighlight' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, params, body }) => addHighlight(tx, actor, params.id, body),
);

deskApi.patch(
  '/desk/highlights/{id}',
  {
    summary: 'Say something else about marked words',
    body: z.object({ note: z.string() }).meta({ id: 'HighlightNote' }),
  },
  ({ tx, actor, params, body }) => noteHighlight(tx, actor, params.id, body.note),
);

deskApi.delete('/desk/highlights/{id}', { summary: 'Take a mark away' }, ({ tx, actor, params }) =>
  removeHighlight(tx, actor, params.id),
);

deskApi.put(
  '/posts/{id}/bookmark',
  {
    summary: 'Keep a post; nobody else learns of it',
    body: z.object(keeping).meta({ id: 'NewBookmark' }),
    answers: made,
  },
  ({ tx, actor, params, body }) => keepPost(tx, actor, params.id, { ...body, via: 'api' }),
);

deskApi.delete('/posts/{id}/bookmark', { summary: 'Let a kept post go' }, ({ tx, actor, params }) =>
  letPostGo(tx, actor, params.id),
);

const newWatch = z.object({ name: z.string(), about: z.string().nullish() }).meta({ id: 'NewWatch' });

deskApi.get(
  '/desk/watches',
  {
    summary: 'Your watches, by name',
    query: z.object({ cursor: pageQuery.cursor }),
    answers: pageOf(watchView),
  },
  ({ db, actor, query }) => ownWatchList(db, actor, query.cursor),
);

deskApi.post(
  '/desk/watches',
  { summary: 'Begin a watch, seen by nobody else', body: newWatch, answers: made, status: 201 },
  ({ tx, actor, body }) => createWatch(tx, actor, body),
);

deskApi.get(
  '/desk/watches/{id}',
  { summary: 'One watch: yours, or one shared where you read', answers: watchView },
  ({ db, actor, params }) => readWatch(db, actor, params.id),
);

deskApi.patch(
  '/desk/watches/{id}',
  {
    summary: 'Change your watch',
    body: newWatch.partial().extend({ archived: z.boolean().optional() }).meta({ id: 'WatchChange' }),
    answers: watchView,
  },
  async ({ tx, actor, params, body }) => {
    await editWatch(tx, actor, params.id, body);
    return readWatch(tx, actor, params.id);
  },
);

deskApi.delete(
  '/desk/watches/{id}',
  { summary: 'Take your watch away; what stands in it stays on your desk, for you alone' },
  ({ tx, actor, params }) => deleteWatch(tx, actor, params.id),
);

deskApi.post(
  '/desk/watches/{id}/restoration',
  { summary: 'Bring it back as it was', answers: watchView },
  async ({ tx, actor, params }) => {
    await restoreWatch(tx, actor, params.id);
    return readWatch(tx, actor, params.id);
  },
);

deskApi.get(
  '/desk/searches',
  { summary: 'The searches you keep', answers: pageOf(savedSearch) },
  ({ db, actor }) => savedSearches(db, actor),
);

deskApi.post(
  '/desk/searches',
  {
    summary: 'Keep a search',
    body: z
      .object({
        name: z.string().nullish(),
        place: z.enum(['desk', 'network']),
        query: z.string().describe('As it stands behind the question mark: `q=norvalt&kind=post`'),
      })
      .meta({ id: 'NewSearch' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, body }) => saveSearch(tx, actor, body),
);

deskApi.delete('/desk/searches/{id}', { summary: 'Forget a search' }, ({ tx, actor, params }) =>
  forgetSearch(tx, actor, params.id),
);

deskApi.get(
  '/desk/address',
  {
    summary: 'The address by which mail comes to your desk',
    scope: 'write',
    answers: z
      .object({ address: z.string().nullable().describe('Null where you have none') })
      .meta({ id: 'DeskAddress' }),
  },
  async ({ db, actor }) => ({ address: await deskAddressOf(db, actor) }),
);

deskApi.post(
  '/desk/address',
  {
    summary: 'A new address; the old one ends',
    answers: z.object({ address: z.string() }).meta({ id: 'NewDeskAddress' }),
    toldOnce: true,
  },
  ({ tx, actor }) => renewDeskAddress(tx, actor),
);
