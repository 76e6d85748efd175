/** Opening a case sends start and update as one request; older servers take that only behind a flag. */
const oldest = [1, 28] as const;

/** Why this version of the Temporal server will not do; undefined when it will, or when the server does not say. */
export function whyTooOld(serverVersion: string): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(serverVersion) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const isOlder = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
  return isOlder ? `The Temporal server is ${serverVersion}; Entente needs ${oldest.join('.')} or newer.` : undefined;
}
