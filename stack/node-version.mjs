// Plain Node, as in packages.mjs: read before any package is there.
import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const oldest = engines.node.replace('>=', '');

/** What is to be said of this Node where it is older than those that all tests run on; nothing is refused for it. */
export function saidOfOlderNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldest.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `older than what Entente is tested on, Node 24 or 22 (${oldest} or newer); it goes on, and nothing is promised.`;
}
