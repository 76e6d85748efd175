import type { Story } from '../../examples/story.ts';

/** A story of a request and a follow-up action, told with ids of its own, so that it can be played more than once. */
export function shortStory(name: string): Story {
  const request = `request/${name}`;
  const mou = `mou/${name}`;
  const action = `action/${name}`;
  const header = { id: name, countries: ['KR', 'GR'], coordinator: 'kim-minji' };
  const asked = {
    subject: 'E-government',
    how: 'email',
    receivedOn: '2018-03-05',
    requester: 'agency/mar',
    requestingCountry: 'GR',
  };
  const decided = { topic: 'A portal', owner: 'klid', due: '2018-05-04' };
  const step = (on: string, caseId: string, command: string, as: string, input: Record<string, unknown> = {}) => ({
    on: `${on}T06:00:00.000Z`,
    case: caseId,
    do: command,
    as,
    with: input,
  });
  const opened = (on: string, kind: string, input: Record<string, unknown>) => ({
    on: `${on}T06:00:00.000Z`,
    open: kind,
    as: 'kim-minji',
    with: { ...header, title: `${kind} of ${name}`, ...input },
  });
  return {
    name,
    story: name,
    facts: 'none',
    until: '2018-06-08T06:00:00.000Z',
    steps: [
      opened('2018-03-05', 'request', asked),
      step('2018-03-07', request, 'acknowledge', 'kim-minji'),
      step('2018-03-08', request, 'confirmComplete', 'kim-minji'),
      step('2018-03-09', request, 'assign', 'kim-minji', { lead: 'mois', decideBy: '2018-05-31' }),
      step('2018-03-12', request, 'consult', 'kim-minji', { agency: 'nia' }),
      opened('2018-03-14', 'action', decided),
      step('2018-03-15', action, 'accept', 'park-jisoo'),
      // Meanwhile the opinion is warned of and expires.
      step('2018-03-28', request, 'planMou', 'kim-minji', {
        title: 'MOU',
        subject: 'e-government',
        sides: ['mois', 'mar'],
      }),
      step('2018-03-29', request, 'accept', 'kim-minji'),
      step('2018-04-05', mou, 'takeUp', 'papadopoulou-eleni', { drafter: 'mois', draftBy: '2018-12-31' }),
      // Meanwhile the action is reminded of and falls overdue, up to its superior.
      step('2018-05-17', action, 'reportDone', 'park-jisoo', { evidence: 'The portal stands' }),
      step('2018-05-18', action, 'verify', 'kim-minji', { evidence: 'Seen' }),
    ],
  };
}
