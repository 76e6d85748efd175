import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openGroupsAround } from '../../database/lists/hanging-together.ts';
import { onTrial } from '../../database/transaction.ts';
import { widthOf } from '../../client/output/width.ts';
import type { World } from '../world.ts';
import type { Outcome } from './command-line.ts';

interface Around {
  readonly forecast: (...words: string[]) => Promise<Outcome>;
  readonly file: (name: string, text: string) => Promise<string>;
  readonly world: () => World;
}

const accepting =
  '- { case: action/s1, do: accept, as: park, on: 2 working days after it is asked }\n- { case: action/s1, do: reportDone, as: park, on: on time, with: { evidence: live } }\n';

const rowsOf = ({ out }: Outcome) => out.trim().split('\r\n').slice(1);
const isOfS1 = (row: string) => row.includes(',action/s1,');

/** Of all open cases at once, in a world of an action and a family of cases that hang together. */
export function describeScenarioOfAll({ forecast, file, world }: Around): void {
  const hoped = () => file('hoped.yaml', accepting);

  describe('all open cases with what people do', () => {
    it('do what they do without, but for those that the scenario has to do with, which do what is foreseen of them', async () => {
      const csv = async (...words: string[]) => rowsOf(await forecast(...words, '--output', 'csv'));
      const scenario = ['--scenario', await hoped()];
      const [without, withIt, alone] = [await csv(), await csv(...scenario), await csv('s1', ...scenario)];
      expect(withIt.filter(isOfS1)).toEqual(alone);
      expect(alone).not.toEqual(without.filter(isOfS1));
      const others = without.filter((row) => !isOfS1(row));
      expect(others.length).toBeGreaterThan(20);
      expect(withIt.filter((row) => !isOfS1(row))).toEqual(others);
      expect(withIt.map((row) => row.slice(0, 24))).toEqual(withIt.map((row) => row.slice(0, 24)).toSorted());
    });

    it('say in each output with which scenario', async () => {
      const scenario = ['--scenario', await hoped()];
      const { code, out, err } = await forecast(...scenario);
      expect([code, err]).toEqual([0, '']);
      expect(out.replaceAll('\n', ' ')).toMatch(/^If nobody does anything but what hoped\.yaml says until [\d-]+: \d+/);
      for (const line of out.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
      expect((await forecast(...scenario, '--by', 'owner')).out).toMatch(/^agency\/klid +\d/m);
      expect(JSON.parse((await forecast(...scenario, '--output', 'json')).out)).toMatchObject({
        scenario: 'hoped.yaml',
      });
      expect((await forecast(...scenario, '--output', 'html')).out).toContain('but what hoped.yaml says and every');
      expect((await forecast(...scenario, '--output', 'ics')).out).toMatch(
        /^NAME:Entente: what is to come with hoped/m,
      );
      for (const words of [
        ['--output', 'csv'],
        ['--only', 'busiest'],
        ['--only', 'asks', '--output', 'csv'],
      ])
        expect((await forecast(...scenario, ...words)).err).toBe('If nobody does anything but what hoped.yaml says:\n');
    });

    it('end at what a case does not take, with its line, or say it; and name what nobody is asked', async () => {
      const refused = `${accepting}- { case: action/s1, do: refuse, as: park, on: 50 days late, answers: done, reason: no }\n`;
      const never = '- { case: action/s1, do: verify, as: kim, answers: accept, on: on time, with: { evidence: x } }\n';
      const scenario = ['--scenario', await file('refused.yaml', `${refused}${never}`)];
      const stopped = await forecast(...scenario, '--output', 'csv');
      expect([stopped.code, stopped.out]).toEqual([3, '']);
      const sentence = /refused\.yaml, line \d: .* of action\/s1 on [\d-]+ is refused \(/;
      expect(stopped.err).toMatch(sentence);
      for (const output of ['table', 'csv', 'ics']) {
        const went = await forecast(...scenario, '--on-refusal', 'go-on', '--output', output);
        expect([output, went.code, went.err]).toEqual([output, 0, expect.stringMatching(sentence)]);
      }
    });

    it('are not looked at where the scenario names a case or a person that there is not, or with other rules', async () => {
      const text = '- { case: action/s9, do: accept, as: parc, on: on time }\n';
      const { code, out, err } = await forecast('--scenario', await file('unknown.yaml', text));
      expect([code, out]).toEqual([3, '']);
      expect(err).toMatch(/case: there is no case action\/s9/);
      expect(err).toMatch(/as: there is no person parc; did you mean park\?/);
      const both = await forecast('--scenario', await hoped(), '--rules', '.');
      expect([both.code, both.err]).toEqual([2, expect.stringContaining('leave out --scenario')]);
    });

    it('begin with one group of what a scenario names, also where that is over, and whatever hangs together with it', async () => {
      const { db } = world();
      const family = ['committee/together', 'meeting/together-1', 'mou/together'];
      await db.transaction().execute((trx) =>
        onTrial(trx, async () => {
          await sql`update cases set closed_at = last_at where id = 'meeting/together-1'`.execute(trx);
          const [first, ...others] = await openGroupsAround(trx, ['meeting/together-1', 'action/s1']);
          expect(first?.toSorted()).toEqual(['action/s1', ...family]);
          expect(others.flat().filter((id) => first?.includes(id))).toEqual([]);
        }),
      );
    });
  });
}
