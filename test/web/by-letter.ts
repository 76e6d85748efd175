import { beforeAll, afterAll, describe, expect, it, vi } from 'vitest';
import type { DocumentFile } from '../../domain/document.ts';
import { type Form, formIn, post, textIn } from './asked.ts';
import { type Desk, inDays } from './pages.ts';

/** What other kinds of cases ask for: from the letter as it went out by SMTP, through its page, to the record and the page that says so. */
export function describeByLetter(here: () => Desk): void {
  const languages = { park: 'ko', papadopoulou: 'el' } as const;
  const set = async (of: (person: keyof typeof languages) => string, contact: string | null) => {
    const { db } = here().world;
    for (const id of Object.keys(languages) as (keyof typeof languages)[])
      await db
        .updateTable('people')
        .set({ language: of(id) })
        .where('id', '=', id)
        .execute();
    await db.updateTable('agencies').set({ contact }).where('id', '=', 'mar').execute();
  };

  /** The address of a letter to somebody, on whose page a command can be given. */
  const addressFor = (person: string, caseId: string, command: string): Promise<string> =>
    vi.waitFor(
      async () => {
        const address = await here().addressIn(person, caseId);
        await formIn(address, command);
        return address;
      },
      { timeout: 60_000, interval: 200 },
    );

  const codeAbout = (caseId: string): Promise<string> =>
    vi.waitFor(
      () => {
        const mails = here().world.stack.mailbox?.messages({ text: caseId }) ?? [];
        const [code] = mails.flatMap(({ text }) => /(?<!\d)(\d{6})(?!\d)/.exec(text)?.[1] ?? []);
        if (code === undefined) throw new Error('No code was mailed.');
        return code;
      },
      { timeout: 60_000, interval: 100 },
    );

  /** Answers a letter, and reads what the page says then. */
  async function answered(person: string, caseId: string, command: string, fields: Form = {}): Promise<void> {
    const address = await addressFor(person, caseId, command);
    let form: Form = { ...(await formIn(address, command)), ...fields };
    let answer = await post(address, form);
    if (answer.status === 200) {
      form = { ...form, code: await codeAbout(caseId) };
      answer = await post(address, form);
    }
    expect([command, answer.status, answer.status === 303 ? '' : textIn(await answer.text())]).toEqual([
      command,
      303,
      '',
    ]);
    const event = await here().last(caseId);
    expect(event).toMatchObject({ by: person, byLink: { address: expect.stringContaining(`${person}@`) } });
    const { number } = await here().entente.view(caseId);
    const done = await fetch(new URL(answer.headers.get('location') ?? '', address));
    const page = await done.text();
    expect([done.status, textIn(page)]).toEqual([200, expect.stringContaining(String(number))]);
    expect(page).toContain(`<html lang="${languages[person as keyof typeof languages] ?? 'en'}">`);
  }

  let made = 0;
  const opened = async (kind: string, fields: object): Promise<string> => {
    made += 1;
    const header = { id: `by-letter-${made}`, title: `By letter ${made}`, by: 'kim', coordinator: 'kim' };
    await here().entente.open(kind, { countries: ['KR', 'GR'], ...header, ...fields });
    return `${kind}/by-letter-${made}`;
  };
  const given = (caseId: string, command: string, fields: object = {}) =>
    here().entente.command(caseId, command, { by: 'kim', ...fields });
  const typeOf = async (caseId: string) => {
    const { type, data } = (await here().last(caseId))!;
    return { type, data };
  };
  const terms = { duration: 'P3Y', renewal: 'tacit', noticeModel: 'beforeTermEnds', notice: 'P6M' };
  const [mois, mar] = ['mois', 'mar'];
  const sides = { sides: [mois, mar] };

  describe('the address in a letter of another kind', () => {
    let document: DocumentFile;
    beforeAll(async () => {
      await set((person) => languages[person], 'papadopoulou');
      document = await here().entente.caseDocuments.keep({ name: 'draft.md', content: Buffer.from('# Draft') });
    });
    afterAll(() => set(() => 'en', null));

    it('gives an opinion on an MOU', async () => {
      const caseId = await opened('mou', { subject: 'e-government', ...sides, ...terms });
      await given(caseId, 'takeUp', { drafter: mois });
      await given(caseId, 'sendDraft', { document, from: mois, replyBy: inDays(20) });
      await given(caseId, 'acceptDraft', { side: mar });
      await given(caseId, 'askOpinion', { from: 'klid', kind: 'other' });
      await answered('park', caseId, 'giveOpinion', { opinion: 'withRemarks', remarks: '제3조를 다시 보십시오.' });
      expect(await typeOf(caseId)).toMatchObject({
        type: 'opinionGiven',
        data: { from: 'klid', remarks: '제3조를 다시 보십시오.' },
      });
    });

    it('notifies the other side, with the letter that comes with the signature', async () => {
      const caseId = await opened('mou', { subject: 'archives', ...sides, ...terms, effect: 'onNotifications' });
      await given(caseId, 'takeUp', { drafter: mois });
      await given(caseId, 'sendDraft', { document, from: mois, replyBy: inDays(20) });
      await given(caseId, 'acceptDraft', { side: mar });
      await given(caseId, 'askOpinion', { from: 'klid', kind: 'foreignMinistry' });
      await given(caseId, 'giveOpinion', { from: 'klid', opinion: 'inFavour' });
      await given(caseId, 'agreeText');
      for (const side of [mois, mar]) await given(caseId, 'grantAuthority', { side, grantedBy: 'the Minister' });
      await given(caseId, 'checkLanguages', { languages: ['ko', 'el'] });
      await given(caseId, 'arrangeSigning', { date: inDays(0), place: 'Athens' });
      for (const side of [mois, mar]) await given(caseId, 'sign', { side, signatory: 'the Minister', on: inDays(0) });
      await answered('papadopoulou', caseId, 'notify', { note: 'ΑΠ 4411', sentOn: inDays(0) });
      expect(await typeOf(caseId)).toMatchObject({ type: 'notified', data: { side: mar, note: 'ΑΠ 4411' } });
      await given(caseId, 'notify', { side: mois, note: 'KR-26-88', sentOn: inDays(0) });
      expect((await here().entente.view(caseId)).stage).toBe('inEffect');
    });

    it('nominates for a workshop', async () => {
      const place = { hosts: ['klid'], country: 'KR', place: 'Seoul', from: inDays(90), to: inDays(91), places: 20 };
      const asked = { invited: ['GR'], focalPoints: ['person/papadopoulou'], nominationsBy: inDays(30) };
      const caseId = await opened('workshop', { subject: 'E-government', ...place, ...asked });
      await given(caseId, 'announce');
      const row = (field: string, value: string) => ({ [`nominees.0.${field}`]: value });
      const nominee = { ...row('name', 'Ελένη Παππά'), ...row('organisation', 'MAR'), ...row('position', 'Expert') };
      await answered('papadopoulou', caseId, 'nominate', nominee);
      expect(await typeOf(caseId)).toMatchObject({ type: 'nominated' });
    });

    it('confirms a leg of a visit', async () => {
      const days = { from: inDays(40), to: inDays(50), senders: [mois], agencies: ['klid'] };
      const caseId = await opened('visit', { ...days, aim: 'to seek cooperation', usualChecklist: false });
      const leg = { country: 'GR', from: inDays(41), to: inDays(45), places: ['Athens'], host: 'agency/mar' };
      await given(caseId, 'addLeg', leg);
      await answered('papadopoulou', caseId, 'confirmLeg');
      expect(await typeOf(caseId)).toMatchObject({ type: 'legConfirmed', data: { leg: 1 } });
    });

    it('objects to the minutes of a meeting, and signs those that were agreed, with a code', async () => {
      const mou = await opened('mou', { subject: 'statistics', ...sides, inEffectSince: inDays(-400), ...terms });
      const seats = { ...sides, coChairs: ['park', 'papadopoulou'], secretaries: ['kim', 'papadopoulou'] };
      const committee = await opened('committee', { mou, since: inDays(-300), ...seats });
      const when = { on: inDays(0), place: 'Athens', host: mar };
      const caseId = await opened('meeting', { committee, number: 1, ...when, ...seats, members: [] });
      // The meeting is today: in Seoul the day of its items is over from 15:00 UTC.
      await given(caseId, 'proposeItem', { title: 'The portal', side: mar, reason: 'It came up today.' });
      await given(caseId, 'circulateAgenda');
      await given(caseId, 'adoptAgenda');
      await given(caseId, 'recordHeld', { attended: ['park', 'papadopoulou'] });
      await given(caseId, 'decide', { item: 1, decision: 'Share it' });
      await given(caseId, 'circulateMinutes');
      await answered('papadopoulou', caseId, 'object', { reason: 'Λείπει το σημείο 2.' });
      expect(await typeOf(caseId)).toMatchObject({ type: 'objected', data: { side: mar } });
      await given(caseId, 'circulateMinutes');
      for (const side of [mois, mar]) await given(caseId, 'agreeMinutes', { side });
      await answered('papadopoulou', caseId, 'signMinutes');
      expect((await here().last(caseId))?.byLink?.codeTo).toBe('papadopoulou@mar.example.org');
    });

    it('refuses more time, and whoever asked for it reads why', async () => {
      const caseId = await here().opened();
      await answered('park', caseId, 'askExtension', { to: inDays(90), reason: '자료가 늦습니다.' });
      await answered('kim', caseId, 'refuseExtension', { reason: 'The minister waits.' });
      expect(await typeOf(caseId)).toMatchObject({ type: 'extensionRefused' });
      const told = () => here().world.stack.mailbox?.messages({ text: 'The minister waits.' }) ?? [];
      await expect.poll(() => told().flatMap(({ envelope }) => envelope.to)).toContain('park@klid.example.org');
    });
  });
}
