import { dayOf, spanOf } from '../../dates.ts';
import { spaced } from '../../case/label.ts';
import { hoursInWords, hoursOf } from '../../hours.ts';
import { partyOfPerson } from '../../fields.ts';
import { nobodyHears } from '../../lifecycle.ts';
import { openCase, tellCase } from '../../other-cases.ts';
import { isPending, isWithin } from '../legs.ts';
import { legMail, letGo, mail, onLeg } from '../letters.ts';
import { type Act, eventRules, type Visit } from '../state.ts';
import { present } from '../../parts.ts';

const words = { planned: 'lies ahead', done: 'is done', cancelled: 'is called off' } as const;

const withAct = (visit: Visit, act: Act): Visit => ({
  ...visit,
  acts: visit.acts.some((each) => each.act === act.act)
    ? visit.acts.map((each) => (each.act === act.act ? act : each))
    : [...visit.acts, act],
});

const changedAct = (visit: Visit, id: string, change: (act: Act) => Act): Visit => ({
  ...visit,
  acts: visit.acts.map((each) => (each.act === id ? change(each) : each)),
});

export const actEvents = eventRules({
  actAdded: {
    says: ({ act, leg }) => `${act} is to be an act of leg ${leg}.`,
    evolve: (visit, { act, leg, at }) => withAct(visit, { act, leg, standing: 'asked', addedOn: dayOf(at) }),
    follows: ({ act, leg: number }, visit, { id }) =>
      onLeg(visit, number, ({ country, from, to }) =>
        tellCase(act, 'joinVisit', { visit: id, leg: number, country, from, to }),
      ),
  },
  actPlanned: {
    says: ({ act, leg, title, on }) => `Planned on leg ${leg}: ${title}${on ? `, ${on}` : ''} (${act}).`,
    evolve: (visit, { act, leg, title, on, at }) =>
      withAct(visit, { act, leg, title, ...(on ? { on } : {}), standing: 'asked', addedOn: dayOf(at) }),
    follows: ({ act, leg: number, title, opening }, visit, { id }) =>
      onLeg(visit, number, ({ country }) =>
        openCase(act, title, [visit.sendingCountry, country], { ...opening, visit: id, leg: number }),
      ),
  },
  actReported: {
    says: ({ act, standing, on, until, place, ...hours }) =>
      `${act} ${words[standing]}${on ? `: ${[spanOf(on, until), hoursInWords(hours)].filter(Boolean).join(', ')}` : ''}${place ? `, ${place}` : ''}.`,
    evolve: (visit, event) => {
      const { act, leg, title, standing, on, until, place, at } = event;
      const addedOn = visit.acts.find((each) => each.act === act)?.addedOn ?? dayOf(at);
      const known = {
        ...present({ on, until, place }),
        ...hoursOf(event),
      };
      return withAct(visit, { act, leg, title, standing, addedOn, ...known });
    },
    follows: ({ act, title, leg: number, standing, on, until = on }, visit, { coordinator }) =>
      onLeg(visit, number, (leg) =>
        standing === 'planned' && on && !isWithin(leg, on, until)
          ? legMail(visit, leg, 'actOutside', [partyOfPerson(coordinator)], { act, actTitle: title, actOn: on })
          : [],
      ),
  },
  actHandedOver: {
    says: ({ act, to }) => `${to} carries ${act} on.`,
    evolve: (visit, { act: id, to }) =>
      changedAct(visit, id, ({ refused: _, ...act }) => ({ ...act, standing: 'handedOver', handedTo: to })),
    follows: ({ act, to, told }, visit, header) => {
      const actTitle = visit.acts.find((each) => each.act === act)?.title ?? act;
      return [...mail(visit, 'actHandedOver', [to], { act, actTitle, why: told }), ...letGo([act], header, to)];
    },
  },
  actDropped: {
    says: ({ act }) => `${act} is no longer an act of the visit.`,
    evolve: (visit, { act: id }) =>
      changedAct(visit, id, ({ refused: _, ...act }) => ({ ...act, standing: 'dropped' })),
    follows: ({ act }, _, header) => letGo([act], header),
  },
  inVain: {
    says: ({ case: id, command, because }) => `${id} did not take "${spaced(command)}": ${because}`,
    evolve: (visit, { case: id, command, because, at }) =>
      changedAct(visit, id, (act) => (isPending(act) ? { ...act, refused: { command, because, on: dayOf(at) } } : act)),
    // Any case that records it tells its coordinator of what was not opened.
    follows: nobodyHears,
  },
});
