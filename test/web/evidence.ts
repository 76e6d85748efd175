import { describe, expect, it, vi } from 'vitest';
import { formIn, send, textIn } from './asked.ts';
import type { Desk } from './pages.ts';

/** From a page to the record, with what shows that it is done. */
export function describeEvidence(here: () => Desk): void {
  describe('the address in a letter that asks for something to be done', () => {
    it('reports an action as done with files, once, which go to whoever verifies it', async () => {
      const caseId = await here().opened();
      await send(await here().addressIn('park', caseId), 'accept');
      await here().entente.command(caseId, 'reportDone', { by: 'park', evidence: 'Translated' });
      await here().entente.command(caseId, 'return', { by: 'kim', reason: 'Where is it?' });
      const address = await addressFor(caseId, 'reportDone');
      const secrets = await formIn(address, 'reportDone');
      const reported = (content: string): Promise<Response> => {
        const form = new FormData();
        for (const [field, value] of Object.entries({ ...secrets, evidence: 'Translated, as attached' }))
          form.set(field, value);
        form.append('papers', new Blob([content]), 'statute.pdf');
        form.append('papers', new Blob(['Annex']), 'annex.txt');
        return fetch(address, { method: 'POST', redirect: 'manual', body: form });
      };
      const lying = await reported('<script>alert(1)</script>');
      expect([lying.status, (await here().last(caseId))?.type]).toEqual([422, 'returned']);
      expect(textIn(await lying.text())).toContain('is no PDF');
      const statuses = [await reported('%PDF-1.7\n%%EOF'), await reported('%PDF-1.7\n%%EOF')].map(
        ({ status }) => status,
      );
      expect(statuses).toEqual([303, 303]);
      const reports = (await here().events(caseId)).filter(({ type }) => type === 'reportedDone');
      expect(reports.map(({ says }) => says)).toEqual([
        'Reported as done: Translated',
        'Reported as done: Translated, as attached (with statute.pdf, annex.txt)',
      ]);
      const carried = () =>
        (here().world.stack.mailbox?.messages({ text: 'as attached' }) ?? []).flatMap(({ attachments }) =>
          attachments.map(({ filename }) => filename),
        );
      await expect.poll(carried, { timeout: 60_000 }).toEqual(['statute.pdf', 'annex.txt']);
    });

    /** The address of the latest letter to park on whose page a command can be given. */
    const addressFor = (caseId: string, command: string): Promise<string> =>
      vi.waitFor(
        async () => {
          const address = await here().addressIn('park', caseId);
          await formIn(address, command);
          return address;
        },
        { timeout: 60_000, interval: 200 },
      );
  });
}
