import type { Preview } from '../activities/mail/preview.ts';
import { findCase, refuseUnknownCase } from '../database/lists.ts';
import { RefusedError } from './errors.ts';
import { lifecycleOfCase } from './input.ts';
import type { RegisterConnection } from './register.ts';

/** The messages that a case has still to send, or would send next by itself, as they would look. */
export async function mailPreviewFrom(
  register: RegisterConnection,
  caseId: string,
  pagesUrl: string | undefined,
): Promise<readonly Preview[]> {
  const lifecycle = lifecycleOfCase(caseId);
  // Loaded only now: other commands write no mail.
  const { previewMail } = await import('../activities/mail/preview.ts');
  return register.ask(async (db) => {
    const found = await findCase(db, caseId);
    if (!found) throw new RefusedError(await refuseUnknownCase(db, caseId));
    return previewMail(db, lifecycle, found.state, pagesUrl);
  });
}
