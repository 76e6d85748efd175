/** Words that are one agency's, on record as `mois: Kim Bu-kyum, Minister of the Interior and Safety`. */
export interface Ascribed {
  readonly agency: string;
  readonly words: string;
}

export const ascribed = (agency: string, words: string): string => `${agency}: ${words}`;

/** Nothing where no agency stands before the colon. */
export function ascribedIn(line: string): Ascribed | undefined {
  const [, agency, words] = /^([a-z0-9-]+)\s*:\s*(\S.*)$/s.exec(line) ?? [];
  return agency !== undefined && words !== undefined ? { agency, words } : undefined;
}
