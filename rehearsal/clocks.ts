import type { Client } from '@temporalio/client';
import { type Instant, millisecondsOf } from '../domain/dates.ts';
import { lookAt, skip, type WorkflowLook } from '../stack/time-skipping.ts';
import { engineQuery } from '../workflows/messages.ts';

// Just past a deadline, so that its timer has fired when the clock stops.
const margin = 50;
// No clock that is this far behind can come by there before it is set going.
const farBehind = 60_000;

/** Waits for what Temporal says. */
type Until = (what: string, holds: () => Promise<boolean>) => Promise<void>;

/** The clocks of the cases of one rehearsal, as Temporal has them: each runs on in real time, and is moved when something is due. */
export class Clocks {
  private readonly client: Client;
  private readonly begunAt: Instant;
  private readonly until: Until;
  /** No case's clock stood later than there, in milliseconds of case time, when ours stood so; from then on they run alike. */
  private latest: { readonly clock: number; readonly ours: number };
  /** How each case was seen when it had come to rest, and when that was: until it is moved on, its time runs as ours does. */
  private readonly seen = new Map<string, { readonly look: WorkflowLook; readonly at: number }>();
  /** To when the clock of a case was set going, and where that is in its workflow's time, if it was asked. The server takes its time, and says the former time until then. */
  private readonly setGoing = new Map<string, { readonly at: Instant; readonly to?: number }>();
  /** By how much a case's time is ahead of its workflow's, in milliseconds; of cases that nobody can have told anything since they were asked. */
  private readonly shifts = new Map<string, { readonly firstRunId: string; readonly shiftMs: number }>();

  constructor(client: Client, begunAt: Instant, until: Until) {
    this.client = client;
    this.begunAt = begunAt;
    this.until = until;
    this.latest = { clock: millisecondsOf(begunAt), ours: performance.now() };
  }

  /** Sets the clock of a case going to just past an instant. Whoever does sees by the register that it has arrived. */
  async moveTo(id: string, at: Instant): Promise<void> {
    // A case that is over by then has no clock any more.
    const goOn = (by: number) => skip(this.client, id, by).catch(() => undefined);
    if (this.isFarAhead(at)) {
      // Its next timer is where it is due, so nobody has to ask where it stands: as far as from the very beginning will do.
      this.seen.delete(id);
      this.setGoing.set(id, { at });
      return goOn(millisecondsOf(at) - millisecondsOf(this.begunAt) + margin);
    }
    const { now, shiftMs } = await this.clockOf(id);
    const to = millisecondsOf(at) - shiftMs;
    this.seen.delete(id);
    if (now > to + margin) return;
    this.setGoing.set(id, { at, to });
    await goOn(to + margin - now);
  }

  /** Whether every clock stands well before it. */
  isFarAhead(at: Instant): boolean {
    return this.latestClock() + farBehind < millisecondsOf(at);
  }

  /** From now on some clocks stand as late as this. */
  reached(at: Instant): void {
    this.latest = { clock: Math.max(this.latestClock(), millisecondsOf(at) + margin), ours: performance.now() };
  }

  /** Sets those going again that stand on their way, with nothing under way. */
  async keepGoing(): Promise<void> {
    for (const [id, going] of this.setGoing) {
      const look = await lookAt(this.client, id).catch(() => undefined);
      if (look && !look.isOver && !look.isIdle) continue;
      const to = look && !look.isOver ? (going.to ?? millisecondsOf(going.at) - (await this.shiftOf(id, look))) : 0;
      if (!look || look.isOver || look.now >= to) this.setGoing.delete(id);
      else await skip(this.client, id, to + margin - look.now).catch(() => undefined);
    }
  }

  /** A case that was moved on has done what it was moved for: whoever is set going next is not held up by looks at it. */
  hasArrived(id: string): void {
    this.setGoing.delete(id);
  }

  /** Its clock is not as it was said to be: whoever is told something takes it along, also if it is refused and leaves no event. */
  mayHaveMoved(id: string): void {
    this.shifts.delete(id);
  }

  mayAllHaveMoved(): void {
    this.shifts.clear();
  }

  /** Until nothing of a case is under way, as the server sees it, and its clock is where it was set going to. */
  async untilIdle(id: string): Promise<void> {
    this.seen.set(id, await this.seenAs(({ isIdle }) => isIdle, id, 'to have nothing under way'));
  }

  private latestClock(): number {
    const { clock, ours } = this.latest;
    return clock + performance.now() - ours;
  }

  private async seenAs(is: (look: WorkflowLook) => boolean, id: string, what: string) {
    let look: WorkflowLook | undefined;
    await this.until(`${id} ${what}`, async () => {
      look = await lookAt(this.client, id).catch(() => undefined);
      return look !== undefined && is(look) && (look.isOver || look.now >= (this.setGoing.get(id)?.to ?? 0));
    });
    if (!look) throw new Error(`${id} was not looked at.`);
    return { look, at: performance.now() };
  }

  /** The time of its workflow, in milliseconds since 1970, and by how much the case's is ahead of it. */
  private async clockOf(id: string): Promise<{ readonly now: number; readonly shiftMs: number }> {
    const seen = this.seen.get(id) ?? (await this.seenAs(() => true, id, 'to have its clock there'));
    return { now: seen.look.now + performance.now() - seen.at, shiftMs: await this.shiftOf(id, seen.look) };
  }

  private async shiftOf(id: string, { firstRunId }: WorkflowLook): Promise<number> {
    const known = this.shifts.get(id);
    if (known?.firstRunId === firstRunId) return known.shiftMs;
    let shiftMs: number | undefined;
    const isSaid = async () => (shiftMs = (await this.engineOf(id))?.shiftMs) !== undefined;
    await this.until(`${id} to say how its clock stands`, isSaid);
    this.shifts.set(id, { firstRunId, shiftMs: shiftMs ?? 0 });
    return shiftMs ?? 0;
  }

  /** A case that does not answer, since its worker is away, is asked again. */
  private engineOf(id: string) {
    const handle = this.client.workflow.getHandle(id);
    return handle.query(engineQuery).catch(() => undefined);
  }
}
