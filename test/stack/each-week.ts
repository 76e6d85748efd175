import { defineQuery, proxyLocalActivities, setHandler, sleep } from '@temporalio/workflow';

const { takes } = proxyLocalActivities<{ takes(milliseconds: number): Promise<void> }>({
  startToCloseTimeout: '1 minute',
});

/** Each week it puts something on record, as a case does: that takes some while, each time another one. */
export async function eachWeek(weeks: number, nth: number): Promise<void> {
  let done = 0;
  setHandler(defineQuery<number>('weeksDone'), () => done);
  for (let week = 1; week <= weeks; week += 1) {
    await sleep('7 days');
    await takes(20 + ((week * 7 + nth) % 40));
    done = week;
  }
}
