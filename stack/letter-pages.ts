import { connectEntente, UnavailableError } from '../client/client.ts';
import type { Settings } from './settings.ts';

/** Whether workers can make the addresses in letters and links to sign in, in a sentence. Undefined when there is no register yet. */
export async function lookAtLetterPages({
  databaseUrl,
  temporal,
  answerPages,
}: Pick<Settings, 'databaseUrl' | 'temporal' | 'answerPages'>): Promise<
  { readonly ok: boolean; readonly says: string } | undefined
> {
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  try {
    const url = await entente.sessions.linksLeadTo();
    if (url === undefined) return { ok: false, says: 'no worker of this version has started here yet.' };
    if (url === null) return { ok: false, says: nobodyCan };
    const isElsewhere = answerPages !== undefined && answerPages.url !== url;
    return isElsewhere
      ? {
          ok: false,
          says: `letters and links to sign in lead to ${url}, and ENTENTE_WEB_URL here is ${answerPages.url}.`,
        }
      : { ok: true, says: `letters and links to sign in lead to ${url}` };
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    throw error;
  } finally {
    await entente.close();
  }
}

const nobodyCan =
  'the workers know of none: letters name commands, and pages can have no link to sign in mailed. Set ENTENTE_WEB_URL and ENTENTE_LINK_KEY_FILE for the workers, too, if pages are served.';
