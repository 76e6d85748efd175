import { connectEntente, UnavailableError } from '../client/client.ts';
import type { Settings } from './settings.ts';

/** Whether opening cases and changing the directory are held to what people are in the service, in a sentence. Undefined when there is no register yet. */
export async function lookAtServiceRoles({
  databaseUrl,
  temporal,
}: Pick<Settings, 'databaseUrl' | 'temporal'>): Promise<{ readonly ok: boolean; readonly says: string } | undefined> {
  const entente = connectEntente({ databaseUrl: () => databaseUrl, temporal: () => temporal });
  try {
    const ok = await entente.roles.areGiven();
    return { ok, says: ok ? 'each command by whom it is for; ./entente role list' : nobodyYet };
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    throw error;
  } finally {
    await entente.close();
  }
}

const nobodyYet =
  'nobody has a role yet, so at a terminal everybody opens cases and changes the directory; ./entente role give PERSON administrator begins.';
