/** The one door to the environment: everything else asks here. Values are read when asked for, never kept. */

/** What it says under a name, trimmed; empty is unset. */
export function read(name: string): string | undefined {
  return process.env[name]?.trim() || undefined;
}

/** The words of a list, parted by commas or spaces. */
export function list(name: string): string[] {
  return (read(name) ?? '').split(/[\s,]+/).filter(Boolean);
}

/** Tells this process, what it loads and its children. */
export function tell(name: string, value: string): void {
  process.env[name] = value;
}

/** The sentence in the language of the terminal: French when its locale is, else English. */
export function inWords(french: string, english: string): string {
  const locale = read('LC_ALL') ?? read('LC_MESSAGES') ?? read('LANG') ?? '';
  return locale.toLowerCase().startsWith('fr') ? french : english;
}
