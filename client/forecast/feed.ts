import { feedOf } from '../../calendars/icalendar.ts';
import type { Occurrence } from '../../domain/forecast/occurrence.ts';

/** The days on which something is due, as whole days of a calendar program. Those of one version keep their UIDs. */
export const dueDaysFeed = (name: string, occurrences: readonly Occurrence[]): string =>
  feedOf(
    name,
    occurrences.flatMap(({ state, events, about }) => {
      if (!about || events[0]?.type !== 'deadlinePassed') return [];
      const { due, version } = about.standing.plan;
      return [
        {
          uid: `${state.id}/${about.name}/${version}/due@entente`,
          sequence: 0,
          withdrawn: false,
          entry: {
            name: about.name,
            summary: `${about.says} (${state.title})`,
            from: due,
            to: due,
            attendees: [],
          },
          stamp: state.openedAt,
          caseId: state.id,
        },
      ];
    }),
  );
