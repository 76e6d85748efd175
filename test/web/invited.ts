import { describe, expect, it } from 'vitest';
import { textIn } from './asked.ts';
import { type Here, hiddenIn } from './coming-in.ts';
import { inDays } from './pages.ts';

/** Who is invited and has not said whether they come, on the desks of both; in the world of the desk. */
export function describeInvited(here: () => Here): void {
  describe('an invitation that nobody has answered', () => {
    it('stands on the desk of whoever is invited, who answers in place, and of whoever has invited, until then', async () => {
      const { desk, visitorIn } = here();
      const caseId = 'appointment/desk-talk';
      const own = { form: 'bilateralTalk', subject: 'the portal', on: inDays(40), owner: 'mois' };
      const who = { host: 'person/papadopoulou', participants: ['park', 'han'] };
      const header = { id: 'desk-talk', by: 'kim', title: 'Talk of the desk', countries: ['KR', 'GR'] };
      await desk.entente.open('appointment', { ...header, coordinator: 'kim', ...own, ...who });
      await desk.entente.command(caseId, 'confirm', { by: 'papadopoulou' });
      for (const person of ['park', 'han']) await desk.addressIn(person, caseId);
      const [kim, park, han] = [
        await visitorIn('kim@mois.example.org'),
        await visitorIn('park@klid.example.org'),
        await visitorIn('han@klid.example.org'),
      ];
      const invited = async (visit: typeof kim) => {
        const [, section] = (await (await visit('/desk')).text()).split('id="deskInvited"');
        return textIn(section?.split('<section')[0] ?? '');
      };
      const silent = async () => {
        const [, section] = (await (await kim('/desk')).text()).split('id="deskUnanswered"');
        return textIn(section?.split('<section')[0] ?? '');
      };
      expect(await invited(park)).toMatch(/Do you come\? Talk of the desk.*I come.*I do not come.*Somebody else/);
      expect(await silent()).toMatch(/Talk of the desk park \(test\).*Talk of the desk han \(test\)/);
      const article =
        (await (await park('/desk')).text()).split('<article').find((each) => each.includes(caseId)) ?? '';
      // Who comes instead is chosen of one's own agency: nobody is shown who serves elsewhere.
      expect([...article.matchAll(/<option value="(\w+)"/g)].map(([, id]) => id)).toEqual(['han', 'park']);
      const form = hiddenIn(article, 'name="command" value="willNotAttend"');
      expect((await han(`/case/${caseId}`, form)).status).toBe(403);
      const twice = [
        await park(`/case/${caseId}`, { ...form, reason: 'I am ill.' }),
        await park(`/case/${caseId}`, { ...form, reason: 'I am ill.' }),
      ];
      expect(twice.map(({ status }) => status)).toEqual([303, 303]);
      const answers = (await desk.events(caseId)).filter(({ type }) => type === 'invitationAnswered');
      expect(answers).toMatchObject([{ by: 'park', data: { who: 'person/park', comes: 'no' } }]);
      expect(await invited(park)).not.toContain('Talk of the desk');
      expect(await silent()).not.toMatch(/Talk of the desk park/);
      expect(await silent()).toMatch(/Talk of the desk han/);
      // The page of the case has it as well, for whoever is invited.
      expect(await (await han(`/case/${caseId}`)).text()).toContain('name="about" value="invitation:');
      await desk.entente.command(caseId, 'decline', { by: 'papadopoulou', reason: 'She travels.' });
      expect(await invited(han)).not.toContain('Talk of the desk');
      expect(await silent()).not.toContain('Talk of the desk');
    });
  });
}
