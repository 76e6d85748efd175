import { type CivilDate, type Days, daysBetween, plus, spanOf } from '../dates.ts';
import { type Refusal, refuse, refuseTwice } from '../refusal.ts';
import type { Intention } from './outline.ts';
import type { Edition, Host } from './state.ts';

/** The days a host has: those of the edition unless it has its own. */
export const daysOf = ({ from, to }: Days, host: Pick<Host, 'from' | 'to'>): Days => ({
  from: host.from ?? from,
  to: host.to ?? to,
});

/** Participants go from host to host: two may share the day of the journey, no more. */
export function refuseHost(edition: Edition, host: Host): Refusal | undefined {
  const known = edition.hosts.find(({ country }) => country === host.country);
  if (known) return refuse('AlreadyDone', `${host.country} is a host already, in ${known.city}.`);
  const days = daysOf(edition, host);
  if (days.from > days.to) return refuse('DateOutOfOrder', `to: ${days.to} lies before the first day, ${days.from}.`);
  if (days.from < edition.from || days.to > edition.to)
    return refuse(
      'DateOutOfOrder',
      `${spanOf(days.from, days.to)} lies outside the edition, ${spanOf(edition.from, edition.to)}; move the edition first.`,
    );
  const other = edition.hosts.find((each) => overlap(days, daysOf(edition, each)));
  return (
    other &&
    refuse(
      'DateOutOfOrder',
      `${spanOf(days.from, days.to)} overlaps with the days in ${other.city}; with several hosts, give the days of each.`,
    )
  );
}

const overlap = (a: Days, b: Days): boolean => a.from < b.to && b.from < a.to;

/** The days of the hosts when the edition is moved: they move along, and are all its days where they no longer fit. */
export const movedHosts = ({ from: was, hosts }: Edition, days: Days): readonly Host[] =>
  hosts.map(({ from, to, ...host }) => {
    const shift = (day: CivilDate) => plus(days.from, `P${daysBetween(was, day)}D`);
    const moved = { ...(from ? { from: shift(from) } : {}), ...(to ? { to: shift(to) } : {}) };
    const fits = (moved.from ?? days.from) >= days.from && (moved.to ?? days.to) <= days.to;
    return fits ? { ...host, ...moved } : host;
  });

/** Why an intention contradicts itself. */
export function refuseIntention({ hosts, hostsAtLeast, hostsAtMost }: Intention): Refusal | undefined {
  const twice = refuseTwice('hosts', hosts);
  if (twice) return twice;
  if (hostsAtLeast !== undefined && hostsAtMost !== undefined && hostsAtLeast > hostsAtMost)
    return refuse('InvalidInput', `hostsAtMost: ${hostsAtMost} is less than the least, ${hostsAtLeast}.`);
  if (hostsAtMost !== undefined && hosts.length > hostsAtMost)
    return refuse('InvalidInput', `hosts: ${hosts.length} states are named, but at most ${hostsAtMost} are intended.`);
  return undefined;
}
