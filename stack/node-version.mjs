// Plain Node, as in packages.mjs: read before any package is there.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
/** As in `^22.23 || >=24.14`: what letters call zones and days, and which zones there are, comes with Node. */
const oldest = engines.node.match(/[\d.]+/g);

/** What is to be said of this Node where it is none of those that tests run on; nothing is refused for it. */
export function saidOfOtherNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const floors = oldest.map((each) => each.split('.').map(Number));
  const isNewest = major > Math.max(...floors.map(([floor]) => floor));
  if (isNewest || floors.some(([floor, least]) => major === floor && minor >= least)) return undefined;
  const supported = oldest.toReversed().join(' or newer, or ');
  return `not one that Entente is tested on (Node ${supported} or newer); it goes on, and nothing is promised.`;
}
