import { describe, expect, it } from 'vitest';
import { decide } from '../../domain/case/command.ts';
import { fold } from '../../domain/case/evolve.ts';
import { largestDocument } from '../../domain/document.ts';
import { meeting } from '../../domain/meeting.ts';
import { mou } from '../../domain/mou.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { aDocument } from './a-document.ts';
import type { Story } from './given.ts';
import { given as givenMeeting, item } from './meeting-stages.ts';
import { given as givenMou } from './mou-stages.ts';

const draft = aDocument('draft-2.docx');

const drafting = () =>
  givenMou
    .proposed({ duration: 'P3Y', renewal: 'tacit', notice: 'P6M', noticeModel: 'beforeTermEnds' })
    .command('takeUp', {
      drafter: 'mois',
    });

/** An MOU whose draft was sent by a version that took a name alone. */
function draftByName(): Story {
  const story = drafting();
  const command = { id: 'old', name: 'sendDraft', body: { by: 'kim-minji', from: 'mois', document: 'draft-1.docx' } };
  const decided = decide(mou, story.state, command, story.now, 2);
  if (isRefusal(decided)) throw new Error(decided.because);
  const { run } = story as unknown as { run: object };
  return new (story.constructor as new (run: object) => Story)({ ...run, state: fold(mou, decided, story.state) });
}

const carried = (story: Story, text: string) =>
  story.mailed(text).map(({ attached = [] }) => attached.map(({ name }) => name));

describe('a draft of an MOU', () => {
  it('goes with the letter that asks for a reply to it', () => {
    const sent = drafting().command('sendDraft', { from: 'mois', document: draft });
    expect(carried(sent, 'mou.draftReceived')).toEqual([['draft-2.docx']]);
    sent.shows({ document: 'draft-2.docx' });
  });

  it.each([
    ['without it', {}],
    ['by its name alone', { document: 'draft-2.docx' }],
  ])('is not sent %s, and the sentence says the option', (_, fields) => {
    drafting()
      .when('sendDraft', { from: 'mois', ...fields })
      .refuses('TextMissing', /--document FILE/);
  });

  it('goes with whatever asks about it afterwards: another turn, an opinion, the authority to sign', () => {
    const turned = givenMou.drafted().command('giveTurn', { to: 'mindigital', reason: 'they asked for time' });
    expect(carried(turned, 'mou.turnGiven')).toEqual([['draft.docx']]);
    const asked = givenMou.accepted().command('askOpinion', { from: 'mofa', kind: 'foreignMinistry' });
    expect(carried(asked, 'mou.opinionAsked')).toEqual([['draft.docx']]);
    expect(carried(givenMou.agreed(), 'mou.authorityAsked')).toEqual([['draft.docx'], ['draft.docx']]);
  });

  it('goes once more with the first reminder to whoever owes, and with no later one', () => {
    const chased = givenMou.drafted().passes('2017-07-01');
    const reminders = chased.mailed('mou.reply').map(({ level, attached }) => [level, attached !== undefined]);
    expect(reminders[0]).toEqual(['owner', true]);
    expect(reminders.length).toBeGreaterThan(2);
    expect(reminders.slice(1).filter(([, carries]) => carries)).toEqual([]);
  });

  it('of which only the name is on record, as earlier versions did it, is asked about once its text is given', () => {
    const old = draftByName();
    old.when('giveTurn', { to: 'mindigital', reason: 'r' }).refuses('TextMissing', /--document FILE/);
    const turned = old.command('giveTurn', { to: 'mindigital', reason: 'r', document: draft });
    expect(carried(turned, 'mou.turnGiven')).toEqual([['draft-2.docx']]);
    expect(carried(old.passes('2017-07-01'), 'mou.reply').flat()).toEqual([]);
  });

  it('is the last one, not the one before', () => {
    const next = givenMou.drafted().command('sendDraft', { from: 'mindigital', document: draft });
    next.shows({ document: 'draft-2.docx' });
  });
});

describe('minutes', () => {
  it('need no file: what stands in their place is written from the record', () => {
    expect(meeting.writes).toEqual({ minutesCirculated: 'minutes' });
    givenMeeting.decided().command('circulateMinutes').happens('minutesCirculated');
  });

  it('that somebody gives go with the letters that count on silence, and with those that ask for a signature', () => {
    const circulated = givenMeeting.decided().command('circulateMinutes', { document: draft });
    expect(carried(circulated, 'meeting.minutesToComment')).toEqual([['draft-2.docx'], ['draft-2.docx']]);
    const agreed = ['mois', 'mindigital'].reduce((story, side) => story.command('agreeMinutes', { side }), circulated);
    expect(carried(agreed, 'meeting.toSign')).toEqual([['draft-2.docx'], ['draft-2.docx']]);
  });

  it('are not circulated by a name alone', () => {
    givenMeeting
      .decided()
      .when('circulateMinutes', { document: 'minutes-1.docx' })
      .refuses('TextMissing', /--document FILE, or leave it out/);
  });
});

describe('papers of an agenda', () => {
  const ready = () => givenMeeting.convened().command('proposeItem', item);
  const plan = aDocument('Plan.docx');

  it('go with it to everybody', () => {
    const circulated = ready().command('circulateAgenda', { papers: [plan, draft] });
    const letters = carried(circulated, 'meeting.agendaCirculated');
    expect(letters.length).toBeGreaterThan(2);
    for (const names of letters) expect(names).toEqual(['Plan.docx', 'draft-2.docx']);
  });

  it('are files, and fit into one letter', () => {
    ready()
      .when('circulateAgenda', { papers: [plan, 'https://example.org/plan'] })
      .refuses('TextMissing', /--papers FILE/);
    const half = largestDocument / 2 + 1;
    ready()
      .when('circulateAgenda', { papers: [aDocument('a.docx', half), aDocument('b.docx', half)] })
      .refuses('TooLarge', /10 MB together; one letter carries 10 MB/);
    ready()
      .when('circulateAgenda', { papers: [aDocument('a/b.docx')] })
      .refuses('InvalidInput', /without a path/);
  });

  it('need not be', () => {
    ready().command('circulateAgenda').happens('agendaCirculated');
  });
});

it('a run of before has begun without a text, and goes on', () => {
  const { state, now } = givenMeeting.convened().command('proposeItem', item);
  const command = { id: 'old', name: 'circulateAgenda', body: { by: 'kim-minji', papers: ['Plan'] } };
  expect(decide(meeting, state, command, now)).toMatchObject({ refused: 'TextMissing' });
  const decided = decide(meeting, state, command, now, 2);
  expect(decided).toMatchObject([{ type: 'agendaCirculated', papers: ['Plan'] }]);
});
