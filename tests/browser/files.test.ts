/** Bringing files into a text, with a good connection, a bad one, and without script. */
import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { stageFor, until } from './windows.ts';

const { db, open } = await stageFor();

const photo = await sharp({
  create: { width: 1_900, height: 1_200, channels: 3, background: '#4c6b4f' },
})
  .composite([
    {
      input: Buffer.from(
        '<svg width="1900" height="1200"><rect x="200" y="200" width="700" height="600" fill="#a4560a"/></svg>',
      ),
    },
  ])
  .jpeg()
  .toBuffer();
const stream = '0.64 0.34 0.04 rg 60 60 480 260 re f 0 0 0 rg 60 400 300 30 re f 60 450 400 40 re f';
const objects = [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  '<< /Type /Page /MediaBox [0 0 595 842] /Parent 2 0 R /Contents 4 0 R >>',
  `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
];
const quote = Buffer.from(
  `%PDF-1.4\n${objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer << /Root 1 0 R /Size 5 >>\n%%EOF`,
);
const files = [
  { name: 'Stand.jpg', mimeType: 'image/jpeg', buffer: photo },
  { name: 'Devis Norvalt.pdf', mimeType: 'application/pdf', buffer: quote },
];

/** What the form would send, whichever editor shows it. */
const markdownOf = (page: Page) => page.locator('textarea[name="body"]').inputValue();

/** To look at: LOOK=folder. */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['LOOK'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('a seller attaches a picture and a quote, and a colleague sees them', async () => {
  const page = await open({ as: 'helene.dargent', phone: true });
  await page.goto('/posts/new');
  await page.getByLabel('Titre', { exact: true }).fill('De retour du salon');
  await page.locator('.surface [role=textbox]').waitFor();
  await page.getByLabel('Texte').fill('Le stand, et le devis qui en sort :');
  await look(page, 'composer-phone');
  await page.getByLabel('Joindre un fichier').setInputFiles(files);
  await until(() => markdownOf(page)).toMatch(/!\[Stand\]\(\/files\/[\w-]+\)/);
  await until(() => markdownOf(page)).toContain('[Devis Norvalt.pdf](');
  await look(page, 'composer-attached');
  // Right out of the text: the tools under the thumb go away, and what is tapped stays where it is until it is.
  await page.locator('.surface.writing').waitFor();
  await page.getByRole('button', { name: 'Publier' }).tap();
  await page.waitForURL(/\/posts\/[\da-f-]{36}$/);

  const reader = await open({ as: 'yanis.belkacem' });
  await reader.goto(page.url());
  const picture = reader.getByRole('img', { name: 'Stand' });
  await picture.scrollIntoViewIfNeeded();
  await until(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  const card = reader.getByRole('link', { name: 'Devis Norvalt.pdf' });
  expect(await card.textContent()).toContain('PDF · 1 p. · 1 Ko');
  await look(reader, 'post-desktop');
  await look(page, 'post-phone');
  const dark = await open({ as: 'yanis.belkacem', theme: 'dark', phone: true });
  await dark.goto(page.url());
  await look(dark, 'post-dark');
  await reader.goto('/');
  await look(reader, 'feed');
});

test('a connection that breaks is taken up again; the text stays', async () => {
  const page = await open({ as: 'helene.dargent', breaks: true });
  await page.goto('/posts/new');
  await page.locator('.surface [role=textbox]').waitFor();
  await page.getByLabel('Texte').fill('Avec une pièce.');
  let cut = 0;
  await page.route('**/files/upload/*', async (route) => {
    if (route.request().method() === 'PATCH' && (cut += 1) === 1) await route.abort('connectionreset');
    else await route.continue();
  });
  await page.getByLabel('Joindre un fichier').setInputFiles(files[1]!);
  await until(() => markdownOf(page)).toContain('](/files/');
  expect(cut).toBeGreaterThan(1);
  expect(await markdownOf(page)).toContain('Avec une pièce.');
});

test('a refused file says why, and the text stays', async () => {
  const page = await open({ as: 'helene.dargent' });
  await page.goto('/posts/new');
  await page.locator('.surface [role=textbox]').waitFor();
  await page.getByLabel('Texte').fill('Un texte.');
  const broken = { name: 'abîmée.jpg', mimeType: 'image/jpeg', buffer: photo.subarray(0, 5_000) };
  await page.getByLabel('Joindre un fichier').setInputFiles(broken);
  await page.getByRole('alert').getByText('abîmée : elle ne s’ouvre pas').waitFor();
  await look(page, 'refused');
  await page.getByRole('button', { name: 'Retirer' }).click();
  expect(await markdownOf(page)).toMatch(/^Un texte\.\s*$/);
});

test('a picture is pasted into a comment', async () => {
  const { id } = await db
    .selectFrom('entries')
    .select('id')
    .where('listed', '=', true)
    .where('everyone', '=', true)
    .executeTakeFirstOrThrow();
  const page = await open({ as: 'helene.dargent' });
  await page.goto(`/posts/${id}`);
  const area = page.locator('form[action="?/comment"] textarea').last();
  await area.waitFor();
  await page.waitForFunction(() => !document.querySelector('input[type=file][name]'));
  await area.evaluate(
    async (target, bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'image.jpg', { type: 'image/jpeg' }));
      target.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
    },
    [...photo],
  );
  await until(() => area.inputValue()).toContain('![image](/files/');
  await look(page, 'comment');
});

test('without script the files go along with the form, and land at its end', async () => {
  const page = await open({ as: 'helene.dargent', script: false });
  await page.goto('/posts/new');
  await page.getByLabel('Titre', { exact: true }).fill('Sans script');
  await page.getByLabel('Texte').fill('Voici.');
  await page.getByLabel('Joindre un fichier').setInputFiles(files);
  await look(page, 'composer-plain');
  await page.getByRole('button', { name: 'Publier' }).click();
  await page.waitForURL(/\/posts\/[\da-f-]{36}$/);
  expect(await page.getByRole('img', { name: 'Stand' }).count()).toBe(1);
  const reader = await open({ as: 'yanis.belkacem' });
  await reader.goto(page.url());
  const document = reader.getByRole('link', { name: 'Devis Norvalt.pdf' });
  expect(await document.textContent()).toContain('PDF · 1 p. · 1 Ko');
  await until(() => document.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(
    960,
  );
});
