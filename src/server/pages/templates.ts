import type { Actor } from '../actor.ts';
import { TEMPLATES_EN } from './templates-en.ts';
import { TEMPLATES_FR } from './templates-fr.ts';

export interface TemplateText {
  name: string;
  about: string;
  /** How the title begins. */
  title: string;
  /** Markdown. */
  body: string;
}

/** A page to begin with, in the language of whoever begins. */
export interface Template extends TemplateText {
  key: string;
}

/** The templates, in the actor's language. */
export function templatesFor(actor: Pick<Actor, 'language'>): Template[] {
  const texts = actor.language === 'en' ? TEMPLATES_EN : TEMPLATES_FR;
  return Object.entries(texts).map(([key, text]) => ({ key, ...text }));
}
