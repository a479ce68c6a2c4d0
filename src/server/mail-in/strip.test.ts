import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allWords, ownWords, titleOf } from './strip.ts';

const REAL = '../shared/data/mail';

test.each([
  [
    'Gmail, French',
    'Oui mardi.\n\nLe mar. 3 mars 2026 à 14:02, Nadia Rahmani <nadia@x.example> a écrit :\n\n> Qui vient ?\n',
  ],
  [
    'over two lines',
    'Oui mardi.\n\nLe mar. 3 mars 2026 à 14:02, Nadia Rahmani via Essaim\n<essaim@x.example> a écrit :\n> Qui ?',
  ],
  ['without an address', 'Oui mardi.\n\nLe 3 mars 2026 à 14:02, Nadia a écrit\u00a0:\n> Qui ?'],
  [
    'Outlook, French',
    'Oui mardi.\n\nDe : Essaim <essaim@x.example>\nEnvoyé : mardi 3 mars 2026 14:02\nÀ : Hélène\nObjet : Les pompes\n\nQui vient ?',
  ],
  [
    'Outlook with a rule',
    'Oui mardi.\n\n________________________________\nDe : Essaim\nEnvoyé : mardi\n\nQui ?',
  ],
  ['Outlook of before', 'Oui mardi.\n\n-----Message d’origine-----\nDe : Essaim\n\nQui ?'],
  ['English', 'Oui mardi.\n\nOn Tue, Mar 3, 2026 at 2:02 PM Nadia <n@x.example> wrote:\n\n> Who?\n>> Me'],
  ['Original Message', 'Oui mardi.\n\n-----Original Message-----\nFrom: Essaim\nSent: Tuesday\n\nWho?'],
  ['a signature', 'Oui mardi.\n\n-- \nHélène Dargent\nAubrelle'],
  [
    'an iPhone',
    'Oui mardi.\n\nEnvoyé de mon iPhone\n\n> Le 3 mars 2026 à 14:02, Nadia a écrit :\n> \n> Qui ?',
  ],
  ['Outlook for a phone', 'Oui mardi.\n\nObtenir Outlook pour iOS<https://aka.ms/o0ukef>\n'],
  ['an answer below', 'Le 3 mars 2026 à 14:02, Nadia a écrit :\n> Qui vient ?\n\nOui mardi.'],
  [
    'what came from HTML',
    'Oui mardi.\n\nLe mar. 3 mars 2026 à 14:02, Nadia <[n@x.example](mailto:n@x.example)> a écrit :\\\n\n> Qui ?',
  ],
])('%s: only the answer is left', (_, mail) => {
  expect(ownWords(mail)).toBe('Oui mardi.');
});

test.each([
  'Sent from my desk, is much easier then my mobile phone.',
  'On se voit mardi ?\nLe devis est prêt : il part demain.',
  'Le 3 mars, Nadia a écrit : « oui ».\nEt puis plus rien.',
  'De : 9 h à 17 h.\nÀ : la salle bleue.',
  '> Une phrase que je cite.\n\nEt ce que j’en pense.',
  '- un\n- deux\n\n```\n---\n```',
  'Envoyé de Lyon ce matin',
])('what is said stays as it was said: %j', (words) => {
  expect(ownWords(words)).toBe(words);
});

test('answers between the lines keep the lines they answer', () => {
  const mail =
    'Le 3 mars 2026 à 14:02, Nadia a écrit :\n> Qui vient ?\n\nMoi.\n\n> Quand ?\n\nMardi.\n\n> Bien à vous\n';
  expect(ownWords(mail)).toBe('> Qui vient ?\n\nMoi.\n\n> Quand ?\n\nMardi.');
});

const letters = (text: string) => text.replace(/\s/g, '');

test('any text comes to an end soon, and comes out no longer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('>', 'Le 3', 'a écrit :', '-- ', 'De : x', '\n')), {
        maxLength: 200,
      }),
      (parts) => {
        const text = parts.join('\n');
        expect(letters(ownWords(text)).length).toBeLessThanOrEqual(letters(text).length);
      },
    ),
    { numRuns: 100 },
  );
  const began = process.cpuUsage();
  ownWords('Le 1 a écrit '.repeat(100_000));
  ownWords('Le 1\n'.repeat(200_000));
  ownWords(`${'> '.repeat(100_000)}\n`.repeat(5));
  expect(process.cpuUsage(began).user / 1000).toBeLessThan(20_000);
});

test.skipIf(!existsSync(REAL))('real mails: what others wrote goes, what their writers said stays', () => {
  const real = (path: string) => ownWords(readFileSync(`${REAL}/${path}`, 'utf8'));
  const fixtures = 'willdurand/tests/Fixtures';
  expect(real(`${fixtures}/email_zimbra_free_fr.txt`)).toMatch(/^Bonjour[\s\S]*Michael Scott$/);
  expect(real(`${fixtures}/correct_sig.txt`)).toBe('this is an email with a correct -- signature.');
  expect(real(`${fixtures}/email_w10_mail.txt`)).toBe('Great thanks Bort, going for a test now.\nBraxton');
  expect(real(`${fixtures}/email_unquoted_reply.txt`)).toBe('This is my reply.');
  for (const name of ['email_10', 'email_18'])
    expect(real(`${fixtures}/${name}.txt`), name).not.toContain('Etiam non sagittis');
  for (const name of ['email_iphone', 'email_blackberry', 'email_multi_word_sent_from_my_mobile_device'])
    expect(real(`${fixtures}/${name}.txt`), name).toBe('Here is another email');
  expect(real(`${fixtures}/email_thread.txt`)).toBe('This is new email reply in thread from bellow.');
  expect(real('zapier/test/emails/email_sent_from_my_not_signature.txt')).toContain('Sent from my desk');
  expect(real('zapier/test/emails/email_2_1.txt')).not.toMatch(/^>/m);
  expect(real('zapier/test/emails/pathological.txt')).toBeTruthy();
});

test('a post keeps what it forwards, whole, and loses its writer’s signature and what his device adds', () => {
  const forwarded = [
    '---------- Forwarded message ---------',
    'De : Claire <claire@x.example>',
    'Objet : Les pompes',
    '',
    '> Cité.',
    '',
    'Elles tiennent.',
  ];
  const text = ['À lire :', '', '-- ', 'Hélène', '06 00 00 00 00', '', ...forwarded].join('\n');
  expect(allWords(text)).toBe(['À lire :', '', ...forwarded].join('\n'));
  expect(allWords('Un mot.\n\nEnvoyé de mon iPhone')).toBe('Un mot.');
  expect(allWords('Un mot.\\\n\\--\nHélène')).toBe('Un mot.');
  expect(allWords('-- \nHélène')).toBe('');
});

test.each([
  ['Fwd: TR : Re: Les pompes', 'Les pompes'],
  ['Réunion : le point', 'Réunion : le point'],
  ['Transport', 'Transport'],
  [' Les\r\n  pompes ', 'Les pompes'],
  ['Re:', ''],
])('the subject %j is the title %j', (subject, title) => expect(titleOf(subject)).toBe(title));

test('a long subject is cut', () => expect(titleOf('é'.repeat(1_000))).toHaveLength(200));
